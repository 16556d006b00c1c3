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
  y: (modularity: number) => number;
  xTicks: number[];
  yTicks: number[];
}

/** Scales that hold all points: groups on a logarithmic axis (2 to 4 matters as much as 20 to 40), modularity on a linear one. */
export function makeScales(points: readonly CandidatePoint[], frame: Frame): Scales {
  const counts = points.map((point) => Math.max(1, point.numGroups));
  const minCount = Math.min(...counts, 2);
  const maxCount = Math.max(...counts, minCount + 1);
  const values = points.map((point) => point.modularity);
  const low = Math.floor(Math.min(0, ...values) * 10) / 10;
  const high = Math.max(low + 0.1, Math.ceil(Math.max(...values, 0.1) * 10 + 0.5) / 10);
  const innerWidth = frame.width - frame.left - frame.right;
  const innerHeight = frame.height - frame.top - frame.bottom;
  const logRange = Math.log(maxCount) - Math.log(minCount);
  const step = (high - low) / 0.1 > 6 ? 0.2 : 0.1;
  const numTicks = Math.floor((high - low) / step + 1e-6) + 1;
  return {
    x: (numGroups) => frame.left + (innerWidth * (Math.log(Math.max(1, numGroups)) - Math.log(minCount))) / logRange,
    y: (modularity) => frame.top + innerHeight * (1 - (modularity - low) / (high - low)),
    xTicks: [1, 2, 5, 10, 20, 50, 100, 200, 400].filter((tick) => tick >= minCount && tick <= maxCount),
    yTicks: Array.from({ length: numTicks }, (_, index) => Math.round((low + index * step) * 10) / 10),
  };
}
