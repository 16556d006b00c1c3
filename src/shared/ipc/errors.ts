import { z } from 'zod';

/** What a caller can act on; the renderer maps each code to words in one file. A subset of gRPC's names. */
export const ErrorCode = z.enum([
  'invalid-argument',
  'not-found',
  'failed-precondition',
  'cancelled',
  'unimplemented',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const WireError = z.object({ code: ErrorCode, message: z.string() });
export type WireError = z.infer<typeof WireError>;

/** An expected failure, created where its cause is known. Everything else that is thrown is a bug and reaches the log. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const noRoomCodes: readonly unknown[] = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];

/** A full disk can show anywhere something is written: it is nobody's bug, and the person can act on it. Other errors come back as they are. */
export function asExpected(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  if (!noRoomCodes.includes(error.code)) return error;
  const message =
    'The disk that Kindred keeps its library on is full. Nothing is lost: make room there and start again.';
  return new AppError('failed-precondition', message, { cause: error });
}

/** The error as it crosses a boundary: a bug's own words stay on the host. */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  return { code: 'internal', message: 'Something went wrong inside Kindred. The log has the details.' };
}

/** Throws the cancellation a signal carries as an {@link AppError}. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.', { cause: signal.reason });
}

/** Closes a switch over a union: a new member no longer compiles. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
