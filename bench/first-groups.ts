/**
 * @file How long a person waits: 1,000 new 12-megapixel photos through the program's own worker, from the start of the run to the first groups
 * (a draft that can be looked at), and to the end of every stage. Each file has a content of its own.
 *
 *   npm run -s bench:first-groups -- --json [--photos 1000] [--trunk ID]
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { OpenLibrary } from '@main/host/open-library';
import { forkWorker } from '@main/processes/fork-worker';

import { makeLargePhotos } from './large-photos';
import { atMost, numberOption, printBench, round, textOption } from './report';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const numPhotos = numberOption('photos', 1000);
const folder = join(cache, `first-groups-${numPhotos}`);
// Enough different pictures that copies alone do not leave too few to learn from.
await makeLargePhotos(folder, numPhotos, Math.min(numPhotos, 120));
const libraryDir = join(cache, 'first-groups-library');
rmSync(libraryDir, { recursive: true, force: true });

const startedMs = performance.now();
const seconds = (): number => round((performance.now() - startedMs) / 1000);
/** Seconds from the start to the first sign of each activity. */
const begun: Record<string, number> = {};
let draftSeconds: number | null = null;
const library = new OpenLibrary({
  libraryDir,
  folders: [folder],
  spawnWorker: () => forkWorker(join(root, 'src/main/run/worker.ts'), (text) => console.error(text)),
  trunksDirs: [join(root, 'resources', 'trunks')],
  onProgress: ({ stage, activity, hasDraft }) => {
    begun[`${stage}: ${activity}`] ??= seconds();
    if (hasDraft && draftSeconds === null) draftSeconds = seconds();
  },
  onChanged: () => undefined,
  onExportProgress: () => undefined,
  onLog: (level, message) => console.error(level, message),
});
const trunk = textOption('trunk');
const runId = library.startRun(trunk === undefined ? {} : { trunk });
const end = await library.waitForRun();
const totalSeconds = seconds();
const report = library.store.runs.report(runId);
const list = library.store.memberships.list(0);
await library.close();
if (end?.state !== 'done') throw new Error(end?.message ?? 'The run did not end well.');

printBench([atMost('seconds to the first groups', draftSeconds ?? Number.POSITIVE_INFINITY, 45)], {
  photos: numPhotos,
  views: report.numViews,
  begun,
  totalSeconds,
  stages: Object.fromEntries(report.stages.map((stage) => [stage.name, round(stage.seconds)])),
  groups: list.groups.length,
  engine: report.engine,
});
