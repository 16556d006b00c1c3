import type { RunId } from '@shared/model/ids';

import { openTrunkFolder } from '../images/trunk-folder';
import { type Engine, openEngine } from '../ml/engine';
import type { Trunk } from '../ml/trunk';
import type { Store } from '../store/store';
import type { FromWorker } from './messages';
import { findTrunk } from './find-trunk';
import { ProgressReporter } from './progress';
import { runAllStages } from './stages/all-stages';
import type { StageContext } from './stage-context';

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
export async function runPipeline({
  store,
  libraryDir,
  runId,
  trunksDirs,
  signal,
  send,
}: RunPipelineOptions): Promise<void> {
  const options = store.runs.options(runId);
  const progress = new ProgressReporter(runId, (current) => send({ kind: 'progress', progress: current }));
  const findings: string[] = [];
  let engine: Engine | null = null;
  let trunk: Trunk | null = null;
  const context: StageContext = {
    store,
    libraryDir,
    runId,
    options,
    signal,
    progress,
    engine: async () => {
      if (!engine) {
        engine = await openEngine(options.engine);
        store.runs.setEngine(runId, engine.name);
        if (options.engine !== 'auto' && engine.name !== options.engine) {
          findings.push(`The engine ${options.engine} does not work here; ${engine.name} was used instead.`);
        }
      }
      return engine;
    },
    trunk: async () => (trunk ??= await openTrunkFolder(findTrunk(trunksDirs, options.trunk))),
    log: (level, message) => send({ kind: 'log', level, message }),
    changed: () => send({ kind: 'changed', revision: store.library.bumpRevision() }),
    reading: (photoId) => send({ kind: 'reading', photoId }),
    read: (photoId) => send({ kind: 'read', photoId }),
    find: (finding) => findings.push(finding),
  };
  try {
    await runAllStages(context, findings);
    progress.end('done', null);
  } finally {
    await (trunk as Trunk | null)?.dispose();
    (engine as Engine | null)?.dispose();
  }
}
