/**
 * @file Whether the ten-thousandth photo costs what the first did: index, thumbnail and one view of many photos in one pass, with processor time
 * a photo and memory window by window. The files are read again and again under new ids; each still goes all the way.
 *
 *   npm run -s bench:growth -- --json [--photos 10000] [--window 1000] [--size small|large]
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { indexPhotos } from '@main/images/embed-photos';
import { openTrunkFolder } from '@main/images/trunk-folder';

import { writeGeneratedLibrary } from '../test/helpers/generated-pictures';
import { makeLargePhotos } from './large-photos';
import { atMost, median, numberOption, printBench, round, textOption } from './report';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const numPhotos = numberOption('photos', 10_000);
const numInWindow = numberOption('window', 1000);
const isLarge = textOption('size') !== 'small';

const files = isLarge ? await makeLargePhotos(join(cache, 'large-photos'), 48) : await makeSmallPhotos();
const thumbs = join(cache, 'growth-thumbnails');
rmSync(thumbs, { recursive: true, force: true });
mkdirSync(thumbs, { recursive: true });
const trunk = await openTrunkFolder(join(root, 'resources', 'trunks', 'efficientnet-lite0'));

const windows: { cpuMs: number; wallMs: number; memoryMb: number }[] = [];
let numDone = 0;
let cpu = process.cpuUsage();
let since = performance.now();

function* photos(): Generator<{ id: number; absolutePath: string }> {
  for (let id = 0; id < numPhotos; id++) yield { id, absolutePath: files[id % files.length] as string };
}

await indexPhotos({
  photos: photos(),
  trunk,
  seed: 1,
  thumbnailPath: (hash) => join(thumbs, `${hash}.jpg`),
  onPhoto: () => {
    if (++numDone % numInWindow > 0) return;
    const { user, system } = process.cpuUsage(cpu);
    windows.push({
      cpuMs: (user + system) / 1000 / numInWindow,
      wallMs: (performance.now() - since) / numInWindow,
      memoryMb: process.memoryUsage.rss() / 1e6,
    });
    cpu = process.cpuUsage();
    since = performance.now();
    if (!process.argv.includes('--json')) console.error(numDone, windows.at(-1));
  },
  onFailure: (id, error) => {
    throw new Error(`${files[id % files.length]}: ${error.message}`);
  },
});
await trunk.dispose();
rmSync(thumbs, { recursive: true, force: true });

const third = Math.max(1, Math.floor(windows.length / 3));
const middle = (part: typeof windows, key: keyof (typeof windows)[number]): number =>
  median(part.map((one) => one[key]));
const [first, last] = [windows.slice(0, third), windows.slice(-third)];
printBench(
  [
    atMost('processor time a photo, last third times the first', middle(last, 'cpuMs') / middle(first, 'cpuMs'), 1.15),
    atMost('memory, last third times the first', middle(last, 'memoryMb') / middle(first, 'memoryMb'), 1.1),
  ],
  {
    photos: numPhotos,
    size: isLarge ? '12 megapixels' : '0.5 megapixels',
    cpuMsPerPhoto: round(median(windows.map(({ cpuMs }) => cpuMs))),
    windows,
  },
);

async function makeSmallPhotos(): Promise<string[]> {
  const folder = join(cache, 'small-photos');
  const made = await writeGeneratedLibrary(folder, { classes: 8, perClass: 6, seed: 1, width: 800, height: 600 });
  return made.map(({ path }) => join(folder, path));
}
