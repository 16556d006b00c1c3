/** @file Entry of the pipeline worker: one process, one run. It may be killed at any moment. */
import { AppError, asExpected } from '@shared/ipc/errors';

import { databaseFile } from '../library-paths';
import { describeError } from '../log';
import { setGentle } from '../scan/engine/pace';
import { openStore } from '../store/store';
import { type FromWorker, ToWorker } from './messages';
import { runPipeline } from './run-pipeline';
import { Renewal } from './stage-context';
import { lockLibrary } from './worker-lock';

function send(message: FromWorker): void {
  process.send?.(message);
}

const abort = new AbortController();
let stopState: 'paused' | 'cancelled' = 'paused';

async function run({ libraryDir, runId, trunksDirs, numCrashes }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  let end: Extract<FromWorker, { kind: 'ended' | 'renew' }>;
  try {
    const unlock = lockLibrary(libraryDir);
    const store = openStore(databaseFile(libraryDir), 'NORMAL');
    setGentle(store.library.isGentle);
    try {
      await runPipeline({
        store,
        libraryDir,
        runId,
        trunksDirs,
        numCrashes,
        signal: abort.signal,
        send,
        isRenewable: true,
      });
      end = { kind: 'ended', state: 'done', message: null };
    } finally {
      store.close();
      unlock();
    }
  } catch (thrown) {
    if (abort.signal.aborted) {
      end = { kind: 'ended', state: stopState, message: null };
    } else if (thrown instanceof Renewal) {
      end = { kind: 'renew' };
    } else {
      const error = asExpected(thrown);
      send({ kind: 'log', level: 'error', message: describeError(error) });
      const message =
        error instanceof AppError ? error.message : 'Something went wrong inside Kindred. The log has the details.';
      end = { kind: 'ended', state: 'failed', message };
    }
  }
  send(end);
  // Give the channel time to carry the last message: native threads would otherwise keep the process alive.
  setTimeout(() => process.exit(0), 50);
}

function receive(raw: unknown): void {
  const message = ToWorker.parse(raw);
  if (message.kind === 'gentle') return setGentle(message.isGentle);
  if (message.kind === 'stop') {
    stopState = message.state;
    abort.abort(new AppError('cancelled', 'Cancelled.'));
    return;
  }
  void run(message);
}

// The terminal's Ctrl+C reaches every process of the group; the host tells this one to stop at a safe point.
process.on('SIGINT', () => undefined);
process.on('message', receive).on('disconnect', () => process.exit(0));
