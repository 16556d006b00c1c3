/**
 * @file One more training, from the groups that were found. [Note: Groups of unequal size]
 *
 * The objectives that find groups push towards groups of equal size: without that push a head puts everything into one group. So in a
 * library of a few large and many small groups the best grouping is usually one of many clusters merged, whose borders no training has
 * seen. Once it is known how large each group is, the push can be towards those sizes: SCAN's loss with π = the groups' own shares,
 * from a head that says what was found. On long-tailed parts of the labelled sets ARI rises by .00 to .05 (docs/decisions/parts-of-the-method.md).
 */
import { judge, trustedNeighbors, type TournamentData } from './choosing/candidates';
import { distillHead } from './heads/distill';
import { predictProbs, type Heads } from './heads/heads';
import { argmaxRows } from '../math/probs';
import { deriveSeed } from '@shared/random';
import { trainHeads } from './heads/train-heads';

const STEPS = 400;
/** A tenth of the rate that finds groups: borders move, groups stay. */
const LEARNING_RATE = 3e-3;

/** A grouping, and the one head that says it. */
export interface HeadGroups {
  head: Heads;
  /** Shape: [N, G]. */
  probs: Float32Array;
  /** By the judge. */
  score: number;
}

/**
 * Fits one head to a grouping and trains it a little further. Kept only where held-out neighbours agree more than before; otherwise the
 * grouping stays as it was.
 */
export async function refineGroups(
  data: TournamentData,
  { probs, numGroups }: { probs: Float32Array; numGroups: number },
): Promise<HeadGroups> {
  const { features, photoWeights, lessons, engine, signal } = data;
  const shared = { features, numClusters: numGroups, photoWeights, engine, signal };
  const head = await distillHead({ ...shared, targets: probs, seed: data.seed });
  const before = judge(data, argmaxRows(probs, numGroups)).score;
  if (numGroups < 2) return { head, probs, score: before };
  const refined = await trainHeads({
    ...{
      ...shared,
      lessons,
      neighbors: trustedNeighbors(data),
      numHeads: 1,
      start: head,
      prior: sharesOf(data, probs, numGroups),
    },
    ...{ objective: 'scan', learningRate: LEARNING_RATE, steps: STEPS, seed: deriveSeed(data.seed, 'refine') },
  });
  const after = await predictProbs(engine, refined, features, { views: 'mean' });
  const score = judge(data, argmaxRows(after, numGroups)).score;
  if (score <= before) return { head, probs, score: before };
  return { head: refined, probs: after, score };
}

/** Weighted share of photos in each group. Shape: [G]. */
function sharesOf({ photoWeights }: TournamentData, probs: Float32Array, numGroups: number): Float32Array {
  const shares = new Float32Array(numGroups);
  let total = 0;
  argmaxRows(probs, numGroups).forEach((group, photo) => {
    const weight = photoWeights?.[photo] ?? 1;
    shares[group]! += weight;
    total += weight;
  });
  return shares.map((share) => Math.max(share, 1) / total);
}
