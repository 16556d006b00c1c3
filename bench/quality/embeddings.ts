/**
 * @file Trunk features of labelled folders, made once by the program's own reader and kept in `.cache/bench/quality`, by trunk: the one that
 * the program would take, or `--trunk ID`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { embedPhotos, indexPhotos } from '@main/run/embed-photos';
import { areMostlySmall } from '@main/run/small-photos';
import { openTrunkFolder } from '@main/trunks/trunk-folder';
import { createViewSet, type ViewSet } from '@main/scan/math/matrix';
import { DEFAULT_TRUNK, QUICK_TRUNK } from '@shared/model/run';

import { textOption } from '../report';

export interface LabelledViews {
  /** Trunk features, view 0 canonical. Shape: [V, N, F]. */
  views: ViewSet;
  /** Hidden class of each photo. Shape: [N]. */
  truth: Int32Array;
}

const root = join(import.meta.dirname, '..', '..');
export const cacheDir = (trunkId: string): string => join(root, '.cache', 'bench', 'quality', trunkId);
const numViews = 5;

/** Reads `<name>.f32` (float32 little-endian, [V, N, F]) and `<name>.json` ({V, N, D, y}). */
export function readEmbeddings(dir: string, name: string): LabelledViews {
  const about = JSON.parse(readFileSync(join(dir, `${name}.json`), 'utf8')) as {
    V: number;
    N: number;
    D: number;
    y: number[];
  };
  const bytes = readFileSync(join(dir, `${name}.f32`));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { views: createViewSet(about.V, about.N, about.D, values), truth: Int32Array.from(about.y) };
}

/** A photo of a set: where it is, and its hidden class. */
export interface LabelledFile {
  path: string;
  label: number;
}

/** Photos of a folder of labelled folders; photos directly in it are each a class of their own. */
function listFiles(folder: string): LabelledFile[] {
  const classes = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (classes.length === 0) return readdirSync(folder).map((file, label) => ({ path: join(folder, file), label }));
  return classes.flatMap((entry, label) =>
    readdirSync(join(folder, entry.name)).map((file) => ({ path: join(folder, entry.name, file), label })),
  );
}

/** The trunk that is asked for, or that the program would take for these photos. */
export async function trunkFor(folder: string): Promise<string> {
  const asked = textOption('trunk');
  if (asked !== undefined) return asked;
  const photos = listFiles(folder).map(({ path }, id) => ({ id, absolutePath: path, sizeBytes: statSync(path).size }));
  return (await areMostlySmall(photos)) ? QUICK_TRUNK : DEFAULT_TRUNK;
}

/** Features of all photos of a folder (see {@link listFiles}). */
export function embedFolder(folder: string, name: string, trunkId: string): Promise<LabelledViews> {
  return embedOnce(name, trunkId, () => listFiles(folder));
}

/** The features kept under a name; the first time they are made from the files that `list` gives. */
export async function embedOnce(
  name: string,
  trunkId: string,
  list: () => LabelledFile[] | Promise<LabelledFile[]>,
): Promise<LabelledViews> {
  const dir = cacheDir(trunkId);
  if (!existsSync(join(dir, `${name}.json`))) await embedFiles(await list(), name, trunkId);
  return readEmbeddings(dir, name);
}

/** Embeds files and keeps the result under a name. Files that cannot be read are left out. */
async function embedFiles(files: readonly LabelledFile[], name: string, trunkId: string): Promise<void> {
  const trunk = await openTrunkFolder(join(root, 'resources', 'trunks', trunkId));
  const { width } = trunk.description;
  const rows = new Map<number, Float32Array[]>();
  const hashes = new Map<number, string>();
  const onFailure = (id: number, error: Error): void => console.error(`${files[id]!.path}: ${error.message}`);
  await indexPhotos({
    photos: files.map(({ path }, id) => ({ id, absolutePath: path })),
    ...{ trunk, seed: 1, onFailure },
    onPhoto: (id, facts, features) => {
      hashes.set(id, facts.contentHash);
      if (features) rows.set(id, [features]);
    },
  });
  await embedPhotos({
    photos: [...hashes].map(([id, contentHash]) => ({ id, contentHash, absolutePath: files[id]!.path })),
    views: Array.from({ length: numViews - 1 }, (_, v) => v + 1),
    ...{ trunk, seed: 1, onFailure },
    onPhoto: (id, features) => {
      for (let v = 0; v < numViews - 1; v++) rows.get(id)?.push(features.slice(v * width, (v + 1) * width));
    },
  });
  const ids = [...rows.keys()].filter((id) => rows.get(id)!.length === numViews).sort((a, b) => a - b);
  const views = createViewSet(numViews, ids.length, width);
  ids.forEach((id, photo) =>
    rows.get(id)!.forEach((row, v) => views.values.set(row, (v * ids.length + photo) * width)),
  );
  const dir = cacheDir(trunkId);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, `${name}.f32`), new Uint8Array(views.values.buffer));
  const about = { V: numViews, N: ids.length, D: width, y: ids.map((id) => files[id]!.label), ids };
  writeFileSync(join(dir, `${name}.part`), JSON.stringify(about));
  renameSync(join(dir, `${name}.part`), join(dir, `${name}.json`));
}
