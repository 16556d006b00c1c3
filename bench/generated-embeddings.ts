/** @file A library whose photos are known by embeddings alone: what the learning stages read, at any size, without a picture. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { databaseFile } from '@main/library-paths';
import { createRandom, deriveSeed, type Random } from '@shared/random';
import { chooseNumViews } from '@main/run/stages/embed';
import { openStore, type Store } from '@main/store/store';
import { DEFAULT_TRUNK } from '@shared/model/run';

const WIDTH = 1280;
const NUM_KINDS = 40;
/** Photos of a kind differ along this many directions. */
const NUM_FACTORS = 16;
/** Noise comes out of a pool: a quarter of a thousand million normal values would take minutes. */
const POOL = 1 << 20;

/** Writes a library of photos that lie on an unplugged drive. Kinds are of unequal size. */
export function makeEmbeddedLibrary({
  libraryDir,
  numPhotos,
  seed,
}: {
  libraryDir: string;
  numPhotos: number;
  seed: number;
}): void {
  mkdirSync(libraryDir, { recursive: true });
  const store = openStore(databaseFile(libraryDir));
  const random = createRandom(deriveSeed(seed, 'generated-embeddings'));
  const draw = mixture(random);
  const numViews = chooseNumViews(numPhotos);
  store.library.setTrunk(DEFAULT_TRUNK);
  const folderId = store.library.addFolder(join(libraryDir, 'unplugged'));
  store.db.transaction(() => {
    for (let photo = 0; photo < numPhotos; photo++) {
      const id = addPhoto(store, folderId, photo);
      const kind = Math.floor(random.uniform() ** 1.5 * NUM_KINDS);
      const views = draw(kind, numViews);
      views.forEach((vector, view) => store.embeddings.put(DEFAULT_TRUNK, id, view, vector));
    }
  })();
  store.close();
}

/** Draws the views of one photo: its kind's centre, its own place around it, and noise for each view. */
function mixture(random: Random): (kind: number, numViews: number) => Float32Array[] {
  const pool = Float32Array.from({ length: POOL }, () => random.normal());
  const noiseAt = (): number => random.int(POOL - WIDTH);
  const rows = (count: number, scale: number): Float32Array[] =>
    Array.from({ length: count }, () => Float32Array.from({ length: WIDTH }, () => scale * random.normal()));
  const centers = rows(NUM_KINDS, 0.5);
  const factors = rows(NUM_FACTORS, 0.1);
  return (kind, numViews) => {
    const own = Float32Array.from(centers[kind]!);
    for (const factor of factors) {
      const weight = random.normal();
      for (let d = 0; d < WIDTH; d++) own[d]! += weight * factor[d]!;
    }
    return Array.from({ length: numViews }, () => {
      const at = noiseAt();
      return own.map((value, d) => value + 0.6 * pool[at + d]!);
    });
  };
}

function addPhoto(store: Store, folderId: number, index: number): number {
  const id = store.photos.insert(folderId, `photo-${index}.jpg`, 1_000_000, 1e12);
  store.photos.setIndexed(id, {
    content_hash: createHash('sha256').update(String(index)).digest('hex'),
    perceptual_hash: null,
    format: 'jpeg',
    width: 4000,
    height: 3000,
    orientation: 1,
    taken_at: null,
    taken_at_ms: null,
    camera: null,
    latitude: null,
    longitude: null,
    note: null,
  });
  return id;
}
