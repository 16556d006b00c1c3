import type { RunOptions } from '@shared/model/run';

import { openTrunkFolder } from '../images/trunk-folder';
import { type Engine, openEngine } from '../ml/engine';
import type { Trunk } from '../ml/trunk';
import { findTrunk } from './find-trunk';
import { ProgressReporter } from './progress';
import type { RunPipelineOptions } from './run-pipeline';
import type { StageContext } from './stage-context';

/** What stages work with, opened as they need it; `dispose` lets go of what was opened. */
export function openStageContext({
  store,
  libraryDir,
  runId,
  options,
  trunksDirs,
  signal,
  send,
}: RunPipelineOptions & { options: RunOptions }): {
  context: StageContext;
  findings: string[];
  dispose: () => Promise<void>;
} {
  const findings: string[] = [];
  let engine: Promise<Engine> | null = null;
  let trunk: Promise<Trunk> | null = null;
  const open = async (): Promise<Engine> => {
    const opened = await openEngine(options.engine);
    store.runs.setEngine(runId, opened.name);
    if (options.engine !== 'auto' && opened.name !== options.engine) {
      findings.push(`The engine ${options.engine} does not work here; ${opened.name} was used instead.`);
    }
    return opened;
  };
  const context: StageContext = {
    store,
    libraryDir,
    runId,
    options,
    signal,
    progress: new ProgressReporter(runId, (progress) => send({ kind: 'progress', progress })),
    engine: () => (engine ??= open()),
    trunk: () => (trunk ??= openTrunkFolder(findTrunk(trunksDirs, options.trunk))),
    log: (level, message) => send({ kind: 'log', level, message }),
    changed: () => send({ kind: 'changed', revision: store.library.bumpRevision() }),
    reading: (photoId) => send({ kind: 'reading', photoId }),
    read: (photoId) => send({ kind: 'read', photoId }),
    find: (finding) => findings.push(finding),
  };
  return {
    context,
    findings,
    dispose: async () => {
      // What could not be opened has been reported by whoever needed it.
      await (await trunk?.catch(() => null))?.dispose();
      (await engine?.catch(() => null))?.dispose();
    },
  };
}
