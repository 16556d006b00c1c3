/**
 * @file A thousand random edits by processes that are killed with SIGKILL at random moments, then all undone and all done again, killed
 * in between too. Undone, every table is as at the start, byte for byte; done again, as at the end.
 *
 *   npm run -s bench:undo -- --json [--edits 1000] [--kills 60] [--photos 2000] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { databaseFile } from '@main/library-paths';
import { createRandom, deriveSeed } from '@shared/random';
import { openDatabase } from '@main/store/open-database';

import { makeGeneratedLibrary } from './generated-library';
import { atLeast, atMost, numberOption, printBench } from './report';

const numEdits = numberOption('edits', 1000);
const numKills = numberOption('kills', 60);
const numPhotos = numberOption('photos', 2000);
const seed = numberOption('seed', 1);
const random = createRandom(deriveSeed(seed, 'undo'));

const libraryDir = mkdtempSync(join(tmpdir(), 'kindred-undo-'));
try {
  await makeGeneratedLibrary({ libraryDir, folder: '/photos', numPhotos, numGroups: 40, seed, numThumbnails: 0 });
  const start = exported();
  const killsEditing = await runAndKill('edit', numKills);
  const end = exported();
  const killsUndoing = await runAndKill('undo', Math.ceil(numKills / 4));
  const undone = exported();
  const killsRedoing = await runAndKill('redo', Math.ceil(numKills / 4));
  const redone = exported();
  printBench(
    [
      atLeast('edits', end.numEntries, numEdits),
      atLeast('times killed', killsEditing + killsUndoing + killsRedoing, numKills),
      atMost('edits that changed nothing at all', start.hash === end.hash ? 1 : 0, 0),
      atMost('tables not as at the start after undoing all', undone.hash === start.hash ? 0 : 1, 0),
      atMost('tables not as at the end after redoing all', redone.hash === end.hash ? 0 : 1, 0),
    ],
    { kinds: end.kinds, killsEditing, killsUndoing, killsRedoing, bytesOfExport: end.bytes },
  );
} finally {
  rmSync(libraryDir, { recursive: true, force: true });
}

/** Every table as text, but the journal itself and the counter of changes, which rise for ever. */
function exported(): { hash: string; bytes: number; numEntries: number; kinds: Record<string, number> } {
  const db = openDatabase(databaseFile(libraryDir));
  try {
    const names = db
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('journal', 'library') ORDER BY name`,
      )
      .all();
    const text = names
      .map(({ name }) => {
        const numColumns = db.prepare<[], unknown>(`SELECT * FROM pragma_table_info('${name}')`).all().length;
        const order = Array.from({ length: numColumns }, (_, column) => column + 1).join(', ');
        return `${name}\n${JSON.stringify(db.prepare(`SELECT * FROM ${name} ORDER BY ${order}`).all())}`;
      })
      .join('\n');
    const kinds: Record<string, number> = {};
    for (const { label } of db.prepare<[], { label: string }>('SELECT label FROM journal').all()) {
      const kind = label
        .split(' ')
        .slice(0, label.startsWith('Said') ? 5 : 1)
        .join(' ')
        .replace(/\d+/g, 'n');
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    const numEntries = Object.values(kinds).reduce((sum, count) => sum + count, 0);
    return { hash: createHash('sha256').update(text).digest('hex'), bytes: text.length, numEntries, kinds };
  } finally {
    db.close();
  }
}

/** Starts the work again and again, killing it soon after it began, until it has been killed often enough; then lets it finish. */
async function runAndKill(direction: 'edit' | 'undo' | 'redo', kills: number): Promise<number> {
  // Of a thousand short transactions, each life shall do about its share.
  const spanMs = direction === 'edit' ? 120 : 30;
  for (let numKilled = 0; ;) {
    const isLast = numKilled >= kills;
    if ((await runOnce(direction, isLast ? null : random.uniform() * spanMs)) === 'done') return numKilled;
    numKilled++;
  }
}

function runOnce(direction: string, delayMs: number | null): Promise<'killed' | 'done'> {
  const args = [join(import.meta.dirname, 'undo-child.ts'), libraryDir, String(seed), direction, String(numEdits)];
  const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => {
    if (delayMs !== null) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((resolve, reject) =>
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('done');
      else reject(new Error(`The child ended with ${code ?? signal}.`));
    }),
  );
}
