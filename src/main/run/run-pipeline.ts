import { AppError } from '@shared/ipc/errors';

import { Renewal, type RunPipelineOptions } from './stage-context';
import { openStageContext } from './stage-resources';
import { runAllStages } from './stages/all-stages';

/** Runs every stage of one run and records what came out. A run that fails or stops leaves the previous groups untouched. */
export async function runPipeline(run: RunPipelineOptions): Promise<void> {
  const resources = openStageContext({ ...run, options: run.store.runs.options(run.runId) });
  const { context, findings, dispose } = resources;
  try {
    for (let isDone = false; !isDone;) {
      try {
        await runAllStages(context, findings);
        isDone = true;
      } catch (error) {
        // Finished stages are kept: on the next engine the run goes on with the one that failed.
        const isExpected = error instanceof AppError || error instanceof Renewal || run.signal.aborted;
        if (isExpected || !(await resources.useNextEngine(error))) throw error;
      }
    }
    context.progress.end('done', null);
  } finally {
    await dispose();
  }
}
