import type { Engine } from './engine';
import { multiply } from './linear-algebra';
import { viewMatrix, type Matrix, type ViewSet } from './matrix';

/** What can be said of a feature space without labels, from photos and views that no training has seen. */
export interface SpaceChecks {
  /** Mean share of a photo's neighbours that are the same under two views, over all pairs of views. */
  viewOverlap: number;
  /** Skewness of the number of times a photo is a neighbour: hubs spoil a neighbour graph. */
  hubness: number;
}

export interface GateReport {
  numPhotos: number;
  whitened: SpaceChecks;
  withAdapter: SpaceChecks;
  adopted: boolean;
  reason: string;
}

/**
 * Least rise of the overlap of two views' neighbours. An adapter that made neighbours no purer raised it to 1.007 and 1.038 of
 * what it was, one that helped (purity .539 → .559, .926 → .943) to 1.09 and 1.33.
 */
const minGain = 1.06;

/**
 * Decides whether the adapter's vectors beside the whitened ones are better than the whitened ones alone.
 *
 * [Note: Why the gate looks at held-out photos] On the photos and views it trained on, an adapter's neighbours always agree
 * better, even one that has only learnt its examples by heart: with τ = 0.1 the agreement of training views went from .18 to
 * .51 while the purity of the neighbours fell from .53 to .45 (CIFAR-10, 4,000 photos).
 *
 * The whitening it is compared with must not have seen the judging photos either: fitted on all of 1,200 photos it looks
 * better than it is (overlap .78 against an honest .67), and a good adapter would be refused.
 *
 * @param whitened Held-out photos under all views.
 * @param withAdapter The same photos and views, with the adapter's vectors beside.
 */
export async function judgeAdapter(
  engine: Engine,
  whitened: ViewSet,
  withAdapter: ViewSet,
  numNeighbors: number,
): Promise<GateReport> {
  const before = await checkSpace(engine, whitened, numNeighbors);
  const after = await checkSpace(engine, withAdapter, numNeighbors);
  const failures = [];
  if (after.viewOverlap < minGain * before.viewOverlap) failures.push('neighbours of two views agree no better');
  if (after.hubness > Math.max(1, 1.2 * before.hubness)) failures.push('some photos become neighbours of too many');
  const adopted = failures.length === 0;
  const reason = adopted
    ? 'neighbours of two views agree better on photos kept out of its training'
    : failures.join('; ');
  return { numPhotos: whitened.numPhotos, whitened: before, withAdapter: after, adopted, reason };
}

/** Compares every view with every other, which steadies the figures where few photos are held out. Shape: [V, N, W], V ≥ 2. */
export async function checkSpace(engine: Engine, space: ViewSet, numNeighbors: number): Promise<SpaceChecks> {
  const nearByView: number[][][] = [];
  for (let v = 0; v < space.numViews; v++) {
    const view = viewMatrix(space, v);
    nearByView.push(nearest(await multiply(engine, view, view, { transposeB: true }), numNeighbors));
  }
  let numSame = 0;
  let numCompared = 0;
  for (let one = 0; one < space.numViews; one++) {
    for (let i = 0; i < space.numPhotos; i++) {
      const own = new Set(nearByView[one]![i]);
      for (let two = one + 1; two < space.numViews; two++) {
        numSame += nearByView[two]![i]!.reduce((count, j) => count + (own.has(j) ? 1 : 0), 0);
        numCompared += numNeighbors;
      }
    }
  }
  const numInbound = new Float64Array(space.numPhotos);
  for (const near of nearByView[0]!) for (const j of near) numInbound[j]!++;
  return { viewOverlap: numSame / numCompared, hubness: skewness(numInbound) };
}

/** The `count` columns of largest value in every row, the diagonal left out. */
function nearest({ rows, columns, values }: Matrix, count: number): number[][] {
  return Array.from({ length: rows }, (_, i) => {
    const row = values.subarray(i * columns, (i + 1) * columns);
    const kept: number[] = [];
    for (let j = 0; j < columns; j++) {
      if (j === i || (kept.length === count && row[j]! <= row[kept.at(-1)!]!)) continue;
      if (kept.length === count) kept.pop();
      let at = kept.length;
      while (at > 0 && row[kept[at - 1]!]! < row[j]!) at--;
      kept.splice(at, 0, j);
    }
    return kept;
  });
}

function skewness(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const third = values.reduce((sum, value) => sum + (value - mean) ** 3, 0) / values.length;
  return variance === 0 ? 0 : third / variance ** 1.5;
}
