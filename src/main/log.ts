import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type LogLevel = 'info' | 'warn' | 'error';
export type Logger = (level: LogLevel, message: string) => void;

const MAX_LOG_BYTES = 2 * 1024 * 1024;

/** Writes lines to `<dir>/kindred.log`, keeping one older file. A log that cannot be written stops nothing. */
export function createLogger(dir: string): Logger {
  const file = join(dir, 'kindred.log');
  return (level, message) => {
    try {
      mkdirSync(dir, { recursive: true });
      if (sizeOf(file) > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date().toISOString()} ${level} ${message}\n`);
    } catch {
      process.stderr.write(`${level}: ${message}\n`);
    }
  };
}

/** A bug with its stack, and what caused it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
