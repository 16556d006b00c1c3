import { AppError } from '@shared/ipc/errors';

/** Runs something that stops, with the exit code for that, when the command is interrupted. */
export async function abortOnInterrupt<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onInterrupt = (): void => controller.abort(new AppError('cancelled', 'Stopped.'));
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}
