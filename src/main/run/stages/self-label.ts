import type { MethodSteps } from '../../scan/run-method';
import { type Refinement, refineHead } from '../../scan/self-label/refine-head';
import { checkpointed } from '../checkpoint';
import { type StageContext, timeStage } from '../stage-context';

/** Step 5 as stage 6: confident photos teach the rest; kept only when its guard sees no harm. */
export function keepRefinedHead(context: StageContext, inputHash: string): MethodSteps['refineHead'] {
  return (data, found, teachers) =>
    timeStage(context, 'self-label', async (record) => {
      Object.assign(record, { items: data.vectors.rows, inputHash });
      const refinement = teachers.confident ? await refine() : await refineHead(data, found, teachers);
      record.note = refinement.note;
      return refinement;

      async function refine(): Promise<Refinement> {
        const part = context.progress.begin('self-label', 'Letting sure photos teach the rest', 1000);
        const onProgress = (done: number, total: number): void => part.to((1000 * done) / total);
        const refined = await checkpointed(context, 'self-label', inputHash, () =>
          refineHead(data, found, teachers, onProgress),
        );
        if (!refined.head) context.find(`Self-labelling was not kept: ${refined.note}`);
        return refined;
      }
    });
}
