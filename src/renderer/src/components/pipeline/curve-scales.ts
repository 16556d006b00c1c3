import type { CandidatePoint } from '@shared/model/run';

/** The chart's size and margins, in units of its view box. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Scales {
  x: (numGroups: number) => number;
  y: (score: number) => number;
  xTicks: number[];
  yTicks: number[];
}

/** A chart of nearly equal values must not blow their differences up to its whole height. */
const SMALLEST_RANGE = 0.1;
const X_TICKS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50, 70, 100, 150, 200, 300, 400];

/** Scales that hold all points: groups on a logarithmic axis (2 to 4 matters as much as 20 to 40), the score on a linear one. */
export function makeScales(points: readonly CandidatePoint[], frame: Frame): Scales {
  const counts = points.map((point) => Math.max(1, point.numGroups));
  const minCount = Math.max(1, Math.min(...counts) - 1);
  const maxCount = Math.max(...counts) + 1;
  const values = points.map((point) => point.score);
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half = Math.max(SMALLEST_RANGE, (Math.max(...values) - Math.min(...values)) * 1.2) / 2;
  const [low, high] = [middle - half, middle + half];
  const step = [0.02, 0.05, 0.1, 0.2, 0.5].find((size) => (high - low) / size <= 6) ?? 1;
  const firstTick = Math.ceil(low / step);
  const numTicks = Math.floor(high / step) - firstTick + 1;
  const innerWidth = frame.width - frame.left - frame.right;
  const innerHeight = frame.height - frame.top - frame.bottom;
  const logRange = Math.log(maxCount) - Math.log(minCount);
  const x = (numGroups: number): number =>
    frame.left + (innerWidth * (Math.log(Math.max(1, numGroups)) - Math.log(minCount))) / logRange;
  return {
    x,
    y: (score) => frame.top + innerHeight * (1 - (score - low) / (high - low)),
    xTicks: apart(
      X_TICKS.filter((tick) => tick >= minCount && tick <= maxCount),
      x,
    ),
    yTicks: Array.from({ length: numTicks }, (_, index) => Math.round((firstTick + index) * step * 100) / 100),
  };
}

/** The best value for every number of groups, in order: the line through the top of the dots. */
export function upperEnvelope(points: readonly CandidatePoint[]): CandidatePoint[] {
  const bestByCount = new Map<number, CandidatePoint>();
  for (const point of points) {
    const best = bestByCount.get(point.numGroups);
    if (!best || point.score > best.score) bestByCount.set(point.numGroups, point);
  }
  return [...bestByCount.values()].sort((a, b) => a.numGroups - b.numGroups);
}

/** Leaves out ticks whose labels would touch. */
function apart(ticks: readonly number[], x: (tick: number) => number): number[] {
  const kept: number[] = [];
  for (const tick of ticks) if (kept.length === 0 || x(tick) - x(kept.at(-1)!) >= 28) kept.push(tick);
  return kept;
}
