/** @file How a group would come apart. Reads only; the person decides. */
import type { SplitPreview } from '@shared/model/group';
import { AppError } from '@shared/ipc/errors';

import { createMatrix, type Matrix, normalizeRows } from '../scan/math/matrix';
import {
  cutSplitTree,
  growSplitTree,
  likenessToPart,
  MAX_PARTS,
  MIN_PARTS,
  splitAround,
  type SplitTree,
  suggestNumParts,
} from '../scan/after/split-group';
import { decodeHalf } from '../store/embeddings';
import type { Db } from '../store/open-database';

export interface SplitRequest {
  groupId: string;
  /** Null: as many as the photos suggest. */
  numParts: number | null;
  /** One photo a part to split around; null: by look alone. */
  seedPhotoIds: readonly number[] | null;
}

interface GroupVectors {
  key: string;
  photoIds: number[];
  vectors: Matrix;
  tree: SplitTree | null;
}

/** Plans splits over one database. Keeps the last group's vectors and tree, so that another number of parts is there at once. */
export class SplitPlanner {
  private last: GroupVectors | null = null;

  constructor(private readonly db: Db) {}

  /** @throws {AppError} When the group is gone, has too few photos, or a seed is not among them. */
  plan({ groupId, numParts, seedPhotoIds }: SplitRequest): Omit<SplitPreview, 'groupId'> {
    const group = this.read(groupId);
    const { photoIds, vectors } = group;
    if (photoIds.length < MIN_PARTS) {
      throw new AppError('failed-precondition', 'A group needs two photos or more to be split.');
    }
    const tree = (group.tree ??= growSplitTree(vectors, SEED));
    if (tree.numLeaves < MIN_PARTS) {
      throw new AppError('failed-precondition', 'The photos of this group are all alike: there is nothing to split.');
    }
    const suggestedParts = Math.min(suggestNumParts(tree), tree.numLeaves);
    const labels = seedPhotoIds
      ? splitAround(vectors, rowsOf(photoIds, seedPhotoIds))
      : cutSplitTree(tree, numParts ?? suggestedParts);
    return { suggestedParts, maxParts: Math.min(MAX_PARTS, tree.numLeaves), parts: toParts(photoIds, vectors, labels) };
  }

  private read(groupId: string): GroupVectors {
    const { revision } = this.db.prepare<[], { revision: number }>('SELECT revision FROM library').get()!;
    const key = `${groupId} ${revision}`;
    if (this.last?.key !== key) this.last = { key, ...readVectors(this.db, groupId), tree: null };
    return this.last;
  }
}

/** The same split every time: a person who asks twice sees the same parts. */
const SEED = 1;

/** A burst is one photo: its members have the vector of the one that stands for it. */
function readVectors(db: Db, groupId: string): { photoIds: number[]; vectors: Matrix } {
  const learned = db
    .prepare<[string], VectorRow>(
      `SELECT m.photo_id, v.vector FROM memberships m JOIN photos p ON p.id = m.photo_id
       LEFT JOIN photo_vectors v ON v.photo_id = coalesce(p.unit_photo_id, p.id)
         AND v.feature_model_id = (SELECT max(feature_model_id) FROM photo_vectors)
       WHERE m.group_id = ? ORDER BY m.photo_id`,
    )
    .all(groupId);
  if (learned.length === 0) throw new AppError('not-found', 'That group is not there any more.');
  if (learned.every((row) => row.vector !== null)) return toMatrix(learned, false);
  // Before the first learning, and for photos that came since, the trunk's own features have to do.
  const plain = db
    .prepare<[string], VectorRow>(
      `SELECT m.photo_id, e.vector FROM memberships m JOIN photos p ON p.id = m.photo_id
       LEFT JOIN embeddings e ON e.photo_id = coalesce(p.unit_photo_id, p.id) AND e.view_index = 0
         AND e.trunk_id = (SELECT trunk_id FROM runs ORDER BY id DESC LIMIT 1)
       WHERE m.group_id = ? ORDER BY m.photo_id`,
    )
    .all(groupId);
  return toMatrix(plain, true);
}

interface VectorRow {
  photo_id: number;
  vector: Buffer | null;
}

function toMatrix(rows: readonly VectorRow[], isCentered: boolean): { photoIds: number[]; vectors: Matrix } {
  const known = rows.filter((row) => row.vector !== null);
  const columns = (known[0]?.vector?.byteLength ?? 0) / 2;
  if (columns === 0) {
    throw new AppError('failed-precondition', 'Kindred has not looked at these photos yet. Let it finish first.');
  }
  const vectors = createMatrix(known.length, columns);
  known.forEach(({ vector }, row) => vectors.values.set(decodeHalf(vector!), row * columns));
  if (isCentered) subtractMean(vectors);
  normalizeRows(vectors.values, columns);
  return { photoIds: known.map((row) => row.photo_id), vectors };
}

function subtractMean({ rows, columns, values }: Matrix): void {
  const mean = new Float64Array(columns);
  values.forEach((value, at) => (mean[at % columns]! += value / rows));
  values.forEach((value, at) => (values[at] = value - mean[at % columns]!));
}

function rowsOf(photoIds: readonly number[], seedPhotoIds: readonly number[]): number[] {
  const rowByPhotoId = new Map(photoIds.map((photoId, row) => [photoId, row]));
  return [...new Set(seedPhotoIds)].map((photoId) => {
    const row = rowByPhotoId.get(photoId);
    if (row === undefined) {
      throw new AppError('failed-precondition', 'A photo to split around is not in this group any more.');
    }
    return row;
  });
}

/** Photos of each part, the most typical first. */
function toParts(photoIds: readonly number[], vectors: Matrix, labels: Int32Array): SplitPreview['parts'] {
  const numParts = labels.reduce((max, label) => Math.max(max, label + 1), 0);
  const likeness = likenessToPart(vectors, labels, numParts);
  const parts: number[][] = Array.from({ length: numParts }, () => []);
  labels.forEach((label, row) => parts[label]!.push(row));
  return parts.map((rows) => {
    rows.sort((one, two) => likeness[two]! - likeness[one]! || one - two);
    return { photoIds: rows.map((row) => photoIds[row]!) as SplitPreview['parts'][number]['photoIds'] };
  });
}
