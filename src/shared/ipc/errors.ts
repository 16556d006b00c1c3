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

/** What can happen to a library's drive or its database, by the beginning of the error's code. */
const libraryTroubles: [RegExp, string][] = [
  [
    // Damaged rows may claim to be gigabytes long.
    /^SQLITE_(NOMEM|TOOBIG)/,
    'The library could not be read: the memory ran out, or the library is damaged. Close other programs and try again; “kindred repair” looks for damage.',
  ],
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    'The disk that Kindred keeps its library on is full. Nothing is lost: make room there and start again.',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'The library is damaged. Names and corrections have a second copy: “kindred repair” makes the library anew from it, and the next scan reads the photos again.',
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    'Another program is using the library. Close the other window of Kindred, or a backup or sync program that holds it, and try again.',
  ],
  [
    /^(SQLITE_READONLY|EROFS)/,
    'The library is on a drive or in a folder that cannot be written to. Make it writable, or choose another folder with --library.',
  ],
  [
    /^(SQLITE_CANTOPEN|SQLITE_AUTH|SQLITE_PERM)/,
    'The library could not be opened: its database is not a file, or there is no permission to open it. Choose another folder with --library, or see “kindred repair”.',
  ],
  [
    /^SQLITE_(IOERR|NOLFS)/,
    'The drive that holds the library could not be read or written. Check its connection and start again.',
  ],
];

/**
 * What happens to a drive or a database can show anywhere: it is nobody's bug, and the person can act on it. Other errors come back as they
 * are.
 */
export function asExpected(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  const message = libraryTroubles.find(([codes]) => codes.test(String(error.code)))?.[1];
  if (message === undefined) return error;
  return new AppError('failed-precondition', message, { cause: error });
}

/** The error as it crosses a boundary: a bug's own words stay on the host. */
export function toWireError(thrown: unknown): WireError {
  const error = asExpected(thrown);
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
