import type { ExportReport } from '@shared/model/export';

import { requireExport, runExport, type RunExportInput } from './run-export';
import { undoExport } from './undo-export';

/** Goes on with an export that was interrupted, in whichever direction it was going. A confirmed move stays confirmed. */
export async function resumeExport(input: Omit<RunExportInput, 'confirmed'>): Promise<ExportReport> {
  const { state } = requireExport(input.db, input.exportId);
  return state === 'undoing' ? undoExport(input) : runExport(input);
}
