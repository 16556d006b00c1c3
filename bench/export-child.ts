/** @file One export or undo in a process of its own, to be killed: `export-child.ts <database> <export id> <library folder> export|undo`. */
import { resumeExport } from '@main/export/resume-export';
import { runExport } from '@main/export/run-export';
import { undoExport } from '@main/export/undo-export';
import { findExport } from '@main/store/exports';
import { openDatabase } from '@main/store/open-database';

const [databaseFile = '', id = '', library = '', direction = 'export'] = process.argv.slice(2);
const db = openDatabase(databaseFile);
const exportId = Number(id);
const input = { db, exportId, libraryFolders: [library] };
process.stdout.write('started\n');
if (direction === 'undo') await undoExport(input);
else if (findExport(db, exportId)?.state === 'planned') await runExport({ ...input, confirmed: true });
else await resumeExport(input);
db.close();
