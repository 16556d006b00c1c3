import type { Clustering } from '../../scan/clustering/clustering';
import { distillHead } from '../../scan/clustering/heads/distill';
import { toRows } from '../../scan/after/head-rows';
import type { HeadRows } from '../../scan/after/refit-head';
import type { StageContext } from '../stage-context';
import type { Learned } from '../../scan/pretext/learn-features';

/** The head whose rows are the groups that are shown. At detail 1 it is the one that was trained; elsewhere one is fitted to the groups. */
export async function headAtDetail(
  context: StageContext,
  learned: Learned,
  clustering: Clustering,
  shown: { probs: Float32Array; numGroups: number },
  photoWeights: Float32Array,
): Promise<HeadRows | undefined> {
  if (!clustering.head || shown.numGroups < 2) return undefined;
  if (context.options.detail === 1) return toRows(clustering.head);
  const head = await distillHead({
    features: learned.features,
    targets: shown.probs,
    numClusters: shown.numGroups,
    photoWeights,
    seed: context.options.seed,
    engine: await context.engine(),
    signal: context.signal,
  });
  return toRows(head);
}
