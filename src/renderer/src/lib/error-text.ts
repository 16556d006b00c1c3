import { AppError } from '@shared/ipc/errors';

import { t } from '../messages';
import { inWords } from './host-words';

/** Words for a failure: the host's sentence where it wrote one for people, else what its code means. */
export function errorText(error: unknown): string {
  if (!(error instanceof AppError)) return t.errors.internal;
  const isForPeople = error.code === 'failed-precondition' || error.code === 'not-found';
  if (error.message && (isForPeople || error.code === 'internal')) return inWords(error.message);
  // A zod report names fields; only a single plain sentence is shown.
  if (error.code === 'invalid-argument' && !error.message.includes('\n')) return inWords(error.message);
  return t.errors[error.code];
}
