import type { RunId } from '@shared/model/ids';

import type { Store } from '../store/store';
import type { FromWorker } from './messages';
import { openStageContext } from './stage-resources';
import { runAllStages } from './stages/all-stages';

export interface RunPipelineOptions {
  store: Store;
  libraryDir: string;
  runId: RunId;
  /** Where trunks are looked for, in this order. */
  trunksDirs: readonly string[];
  signal: AbortSignal;
  send: (message: FromWorker) => void;
}

/** Runs every stage of one run and records what came out. A run that fails or stops leaves the previous groups untouched. */
export async function runPipeline(run: RunPipelineOptions): Promise<void> {
  const { context, findings, dispose } = openStageContext({ ...run, options: run.store.runs.options(run.runId) });
  try {
    await runAllStages(context, findings);
    context.progress.end('done', null);
  } finally {
    await dispose();
  }
}
