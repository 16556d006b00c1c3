import { averageAlignedHeads } from '../../ml/consensus';
import { predictProbs, selectHead } from '../../ml/heads';
import { trainHeads } from '../../ml/train-heads';
import { type StageContext, timeStage } from '../stage-context';
import type { Embedded } from './embed';
import type { Learned } from './learn-features';
import type { Mined } from './mine-neighbors';
import type { Grouping } from './assign';

/** Stage 5. */
export async function cluster(
  context: StageContext,
  embedded: Embedded,
  learned: Learned,
  mined: Mined,
): Promise<Grouping> {
  return timeStage(context, 'cluster', async (record) => {
    const { options, progress, signal } = context;
    record.items = embedded.photoIds.length;
    const engine = await context.engine();
    const numClusters = options.numGroups === 'auto' ? 10 : options.numGroups;
    const part = progress.begin('cluster', 'Finding what belongs together', 100);
    const heads = await trainHeads({
      features: learned.features,
      neighbors: mined.kept,
      numClusters,
      steps: 600,
      seed: options.seed,
      engine,
      signal,
      onProgress: (d, t) => part.to(d, t),
    });
    const all = await predictProbs(engine, heads, learned.features, { views: 'mean' });
    const n = embedded.photoIds.length;
    const per = Array.from({ length: heads.numHeads }, (_, h) =>
      all.subarray(h * n * numClusters, (h + 1) * n * numClusters),
    );
    const { probs } = averageAlignedHeads(per, numClusters, selectHead(heads));
    const labels = new Int32Array(n);
    const confidences = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < numClusters; c++)
        if (probs[i * numClusters + c]! > confidences[i]!) {
          confidences[i] = probs[i * numClusters + c]!;
          labels[i] = c;
        }
      confidences[i] = Math.min(1, confidences[i]!);
    }
    return { photoIds: embedded.photoIds, labels, numGroups: numClusters, confidences, typicality: confidences };
  });
}
