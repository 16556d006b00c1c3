import type { StageContext } from '../stage-context';
import { assign } from './assign';
import { cluster } from './cluster';
import { embed } from './embed';
import { indexPhotos } from './index-photos';
import { learnFeatures } from './learn-features';
import { mineNeighbors } from './mine-neighbors';

export async function runAllStages(context: StageContext, findings: string[]): Promise<void> {
  await indexPhotos(context);
  const embedded = await embed(context, async () => undefined);
  const learned = await learnFeatures(context, embedded);
  const mined = await mineNeighbors(context, embedded, learned);
  const grouping = await cluster(context, embedded, learned, mined);
  await assign(context, grouping, embedded.inputHash);
  context.store.runs.setOutcome(context.runId, embedded.inputHash, 'groups', { findings, curve: [] });
}
