import type { RunOptions } from '@shared/model/run';

import { openTrunkFolder } from '../trunks/trunk-folder';
import { describeError } from '../log';
import { isGentle } from '../scan/engine/pace';
import { type Engine, type EngineName, openEngine } from '../scan/engine/engine';
import type { Trunk } from '../trunks/trunk';
import { findTrunk } from '../trunks/find-trunk';
import { ProgressReporter } from './progress';
import { Renewal, type RunPipelineOptions, type StageContext } from './stage-context';

const CRASHES_BEFORE_WASM = 2;

/** What stages work with, opened as they need it; `dispose` lets go of what was opened. */
export function openStageContext({
  store,
  libraryDir,
  runId,
  options,
  trunksDirs,
  signal,
  numCrashes = 0,
  send,
  isRenewable = false,
}: RunPipelineOptions & { options: RunOptions }): {
  context: StageContext;
  findings: string[];
  /** Leaves an engine that failed in the middle of its work. @returns Whether there is another. */
  useNextEngine: (error: unknown) => Promise<boolean>;
  dispose: () => Promise<void>;
} {
  const findings: string[] = [];
  let engine: Promise<Engine> | null = null;
  const failed: EngineName[] = [];
  let trunk: Promise<Trunk> | null = null;
  const releaseTrunk = async (): Promise<void> => {
    // A resource that could not be opened has been reported where it was needed.
    const opened = await trunk?.catch(() => null);
    trunk = null;
    await opened?.dispose();
  };
  const open = async (): Promise<Engine> => {
    const choice = numCrashes >= CRASHES_BEFORE_WASM ? 'wasm' : options.engine;
    const opened = await openEngine(choice, failed);
    store.runs.setEngine(runId, opened.name);
    if (options.engine !== 'auto' && opened.name !== options.engine && failed.length === 0) {
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
    trunk: (id) => (trunk ??= openTrunkFolder(findTrunk(trunksDirs, id), { isGentle })),
    releaseTrunk,
    renew: () => {
      if (isRenewable) throw new Renewal('The run goes on in another process.');
    },
    log: (level, message) => send({ kind: 'log', level, message }),
    changed: () => send({ kind: 'changed', revision: store.library.bumpRevision() }),
    reading: (photoId) => send({ kind: 'reading', photoId }),
    read: (photoId) => send({ kind: 'read', photoId }),
    find: (finding) => findings.push(finding),
  };
  return {
    context,
    findings,
    useNextEngine: async (error) => {
      const current = await engine?.catch(() => null);
      if (!current || current.name === 'wasm') return false;
      context.log('error', `The engine ${current.name} failed: ${describeError(error)}`);
      failed.push(current.name);
      current.dispose();
      engine = open();
      const next = await engine;
      findings.push(`The engine ${current.name} failed in the middle of the run; ${next.name} went on from there.`);
      return true;
    },
    dispose: async () => {
      await releaseTrunk();
      (await engine?.catch(() => null))?.dispose();
    },
  };
}
