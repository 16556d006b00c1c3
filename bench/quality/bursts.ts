/** @file Bursts put into a set: crops and shifts of some photos, seconds apart, and what joining them into units makes of that. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import type { Engine } from '@main/scan/engine/engine';
import { createViewSet, selectPhotos, viewMatrix, type ViewSet } from '@main/scan/math/matrix';
import { createRandom, deriveSeed } from '@shared/random';
import { joinUnits } from '@main/scan/units/units';

import { cacheDir, embedOnce, type LabelledViews } from './embeddings';
import { group, prepare } from './engine-methods';

/** Three in ten photos are shots of a burst; bursts have 5 to 20. */
const BURST_SHARE = 0.3;

interface BurstSet extends LabelledViews {
  /** The photo each shot was cut from. Shape: [number of shots]. */
  originals: Int32Array;
}

/** Shots of bursts of a folder's photos: crops of at least 92 % of each side, moved about, embedded once and kept. */
export async function makeBursts(folder: string, name: string, trunkId: string): Promise<BurstSet> {
  const key = `${name}-bursts`;
  const random = createRandom(deriveSeed(1, key));
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: label }) => readdirSync(join(folder, label)).map((file) => join(folder, label, file)));
  const order = random.permutation(files.length);
  const shots: { original: number; size: number; x: number; y: number }[] = [];
  for (let k = 0; shots.length < (BURST_SHARE / (1 - BURST_SHARE)) * files.length; k++) {
    const numShots = 4 + random.int(16);
    for (let shot = 0; shot < numShots; shot++) {
      shots.push({
        original: order[k]!,
        size: 0.92 + 0.08 * random.uniform(),
        x: random.uniform(),
        y: random.uniform(),
      });
    }
  }
  const embedded = await embedOnce(key, trunkId, async () => {
    const dir = join(cacheDir(trunkId), key);
    mkdirSync(dir, { recursive: true });
    const made = [];
    for (const [index, { original, size, x, y }] of shots.entries()) {
      const { width, height } = await sharp(files[original]!).metadata();
      const crop = { width: Math.max(1, Math.round(width * size)), height: Math.max(1, Math.round(height * size)) };
      const left = Math.round((width - crop.width) * x);
      const top = Math.round((height - crop.height) * y);
      const path = join(dir, `${index}.jpg`);
      await sharp(files[original]!)
        .extract({ ...crop, left, top })
        .jpeg({ quality: 95 })
        .toFile(path);
      made.push({ path, label: original });
    }
    return made;
  });
  return { ...embedded, originals: Int32Array.from(shots, ({ original }) => original) };
}

/**
 * Groups a set with bursts in it, joined into units or not.
 *
 * @returns Labels of the set's own photos, bursts apart, and how many units the bursts became.
 */
export async function groupWithBursts(
  base: LabelledViews,
  bursts: BurstSet,
  options: { seed: number; engine: Engine; joinsUnits: boolean },
): Promise<{ labels: Int32Array; numUnits: number }> {
  const { seed, engine, joinsUnits } = options;
  const numOwn = base.truth.length;
  const views = concatenate(base.views, bursts.views);
  const features = viewMatrix(views, 0);
  const numPhotos = views.numPhotos;
  const startOf = (photo: number): number => 86_400_000 * (photo < numOwn ? photo : bursts.originals[photo - numOwn]!);
  const none = Array.from({ length: numPhotos }, () => null);
  const input = {
    ...{ contentHashes: none, perceptualHashes: none, features },
    takenAtMs: none.map((_, photo) => startOf(photo) + (photo < numOwn ? 0 : 500 + (photo % 20) * 500)),
    cameras: none.map(() => 'camera'),
  };
  const units = joinUnits(input, seed);
  if (!joinsUnits) {
    const { refined } = await group(await prepare(views, seed, engine), 'auto');
    return { labels: refined.subarray(0, numOwn), numUnits: numPhotos };
  }
  const data = await prepare(selectPhotos(views, units.representatives), seed, engine, units.weights);
  const { refined } = await group(data, 'auto');
  const labels = Int32Array.from({ length: numOwn }, (_, photo) => refined[units.unitIndex[photo]!]!);
  return { labels, numUnits: units.numUnits };
}

function concatenate(one: ViewSet, two: ViewSet): ViewSet {
  const both = createViewSet(one.numViews, one.numPhotos + two.numPhotos, one.width);
  for (let v = 0; v < one.numViews; v++) {
    const start = v * both.numPhotos * one.width;
    both.values.set(one.values.subarray(v * one.numPhotos * one.width, (v + 1) * one.numPhotos * one.width), start);
    both.values.set(
      two.values.subarray(v * two.numPhotos * one.width, (v + 1) * two.numPhotos * one.width),
      start + one.numPhotos * one.width,
    );
  }
  return both;
}
