/**
 * @file Whether the host stays free: everything a person does in a library of 100,000 photos, asked of the program's own handlers as a page
 * asks (text in, text out), while a ticker notes for how long the event loop stood still. And the detail slider at 50,000 photos.
 *
 *   npm run -s bench:host -- --json [--photos 100000] [--repeat 3]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeGeneratedLibrary } from './generated-library';
import { Host, type Timing } from './host/host';
import { type Call, usualCalls } from './host/usual-calls';
import { atMost, type Bar, median, numberOption, printBench, round } from './report';

const numPhotos = numberOption('photos', 100_000);
const repeat = numberOption('repeat', 3);
const MAX_BLOCK_MS = 40;
const MAX_SLIDER_MS = 100;

const root = mkdtempSync(join(tmpdir(), 'kindred-host-'));
process.env['KINDRED_DATA_DIR'] = join(root, 'data');
const folder = join(root, 'photos');
mkdirSync(folder);
const calls: Record<string, Timing> = {};
const bars: Bar[] = [];
try {
  const libraryDir = join(root, 'library');
  const generated = { folder, numGroups: 60, seed: 1, numThumbnails: 0 };
  await makeGeneratedLibrary({ ...generated, libraryDir, numPhotos, numChanged: 5000, numLeaves: 300 });
  const host = await Host.open(libraryDir);
  await measure(host, await usualCalls(host, root));
  await host.close();
  const sliderDir = join(root, 'slider');
  await makeGeneratedLibrary({ ...generated, libraryDir: sliderDir, numPhotos: numPhotos / 2, numLeaves: 300 });
  const slider = await Host.open(sliderDir);
  bars.push(atMost('group.setDetail, longest ms to the answer', await slide(slider), MAX_SLIDER_MS));
  await slider.close();
} finally {
  rmSync(root, { recursive: true, force: true });
}
const most = (key: keyof Timing): number => Math.max(...Object.values(calls).map((timing) => timing[key]));
bars.unshift(
  atMost('longest block of the event loop, ms', most('blockMs'), MAX_BLOCK_MS),
  atMost('the same in processor time of its thread, ms', most('workMs'), MAX_BLOCK_MS),
);
printBench(bars, { numPhotos, calls });

/** Each call some times over: the median is reported, since other programs take the processor as well. */
async function measure(host: Host, list: readonly Call[]): Promise<void> {
  for (const { name, prepare, call, after } of list) {
    const samples: Timing[] = [];
    for (let time = 0; time < repeat; time++) {
      const input = (await prepare?.()) ?? {};
      samples.push(await host.timed(call, input));
      await after?.();
    }
    calls[name] = summary(samples, median);
    if (!process.argv.includes('--json')) console.error(name, calls[name]);
  }
}

/** Drags the slider to both ends, over every tenth stop, and takes it back. */
async function slide(host: Host): Promise<number> {
  const view = await host.call('group.detail', {});
  const stops = view!.stops.filter((_, index) => index % 10 === 0);
  const way = [...stops, ...stops.toReversed(), view!.stops.at(-1)!, view!.stops[0]!];
  const times: Timing[] = [];
  for (const { detail } of way) times.push(await host.timed('group.setDetail', { detail }));
  calls[`group.setDetail, ${way.length} stops of ${numPhotos / 2} photos`] = summary(times, (list) =>
    Math.max(...list),
  );
  calls['history.undo of the last stop'] = summary([await host.timed('history.undo', {})], median);
  return Math.max(...times.map(({ ms }) => ms));
}

function summary(times: readonly Timing[], pick: (values: number[]) => number): Timing {
  const of = (key: keyof Timing): number => round(pick(times.map((time) => time[key])));
  return { blockMs: of('blockMs'), workMs: of('workMs'), ms: of('ms') };
}
