import { growGroups } from '../../scan/clustering/clustering';
import { predictProbs } from '../../scan/clustering/heads/heads';
import { selfLabel as refine } from '../../scan/self-label/self-label';
import { checkpointed } from '../checkpoint';
import { type StageContext, timeStage } from '../stage-context';
import { type Clustered, tournamentData } from './cluster';
import { hashOf, type Learned } from './learn-features';
import type { Mined } from './mine-neighbors';

/** Below this many photos confident ones are too few to teach, unless the heads agree well. */
const SMALL_LIBRARY = 500;
const SMALL_LIBRARY_STABILITY = 0.6;

/** Stage 6: confident photos teach the rest; kept only when its guard sees no harm. */
export async function selfLabel(
  context: StageContext,
  learned: Learned,
  mined: Mined,
  clustered: Clustered,
): Promise<Clustered> {
  return timeStage(context, 'self-label', async (record) => {
    const { clustering } = clustered;
    const numPhotos = learned.vectors.rows;
    const inputHash = hashOf('self-label', clustered.inputHash);
    Object.assign(record, { items: numPhotos, inputHash });
    const { head, fine } = clustering;
    if (!head || !fine) return { clustering, inputHash };
    if (numPhotos < SMALL_LIBRARY && (clustering.stability ?? 0) < SMALL_LIBRARY_STABILITY) {
      record.note = 'Left out: too few photos for the confident ones to teach the rest.';
      return { clustering, inputHash };
    }
    const part = context.progress.begin('self-label', 'Letting sure photos teach the rest', 1000);
    const data = await tournamentData(context, learned, mined);
    const { refined, note } = await checkpointed(context, 'self-label', inputHash, async () => {
      const { heads, report } = await refine({
        heads: head,
        head: 0,
        features: learned.features,
        neighbors: mined.kept,
        seed: data.seed,
        engine: data.engine,
        signal: data.signal,
        onProgress: (done, total) => part.to((1000 * done) / total),
      });
      return {
        refined: report.accepted ? heads : null,
        note: report.accepted ? `Kept: ${report.reason}.` : `Left out: ${report.reason}.`,
      };
    });
    record.note = note;
    if (!refined) {
      context.find(`Self-labelling was not kept: ${note}`);
      return { clustering, inputHash };
    }
    const probs = await predictProbs(data.engine, refined, learned.features, { views: 'mean' });
    const isDropped = Uint8Array.from(clustering.labels, (label) => (label < 0 ? 1 : 0));
    const grown = await growGroups(data, probs, clustering.numGroups, fine, isDropped);
    return { clustering: { ...clustering, ...grown, head: refined }, inputHash };
  });
}
