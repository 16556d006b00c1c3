import type { Db } from './open-database';

/** Trunk features by photo and view: float16 little-endian on disk, float32 in memory. Written by the pipeline worker alone. */
export class EmbeddingStore {
  constructor(private readonly db: Db) {}

  put(trunkId: string, photoId: number, viewIndex: number, vector: Float32Array): void {
    const half = new Float16Array(vector);
    this.db
      .prepare('INSERT OR REPLACE INTO embeddings (trunk_id, photo_id, view_index, vector) VALUES (?, ?, ?, ?)')
      .run(trunkId, photoId, viewIndex, Buffer.from(half.buffer));
  }

  /** Views a photo already has, by photo id. */
  viewsByPhotoId(trunkId: string): Map<number, Set<number>> {
    const views = new Map<number, Set<number>>();
    const rows = this.db
      .prepare<[string], { photo_id: number; view_index: number }>(
        'SELECT photo_id, view_index FROM embeddings WHERE trunk_id = ?',
      )
      .iterate(trunkId);
    for (const row of rows) {
      const seen = views.get(row.photo_id);
      if (seen) seen.add(row.view_index);
      else views.set(row.photo_id, new Set([row.view_index]));
    }
    return views;
  }

  /**
   * Reads views 0…V−1 of the given photos, as they are stored: 50,000 photos of four views are half a gigabyte.
   *
   * @returns Float16 values laid out [V, N, F], in the order of `photoIds`.
   * @throws {Error} When a view is missing: the embed stage did not finish.
   */
  load(trunkId: string, photoIds: readonly number[], numViews: number, width: number): Float16Array {
    const bytes = new Uint8Array(numViews * photoIds.length * width * 2);
    const read = this.db.prepare<[string, number, number], { view_index: number; vector: Buffer }>(
      'SELECT view_index, vector FROM embeddings WHERE trunk_id = ? AND photo_id = ? AND view_index < ?',
    );
    photoIds.forEach((photoId, photoIndex) => {
      const rows = read.all(trunkId, photoId, numViews);
      if (rows.length !== numViews) throw new Error(`Photo ${photoId} has ${rows.length} of ${numViews} views.`);
      for (const { view_index, vector } of rows)
        bytes.set(vector, (view_index * photoIds.length + photoIndex) * width * 2);
    });
    return new Float16Array(bytes.buffer);
  }

  /** F, the length of the vectors a trunk gave; null when there are none yet. */
  width(trunkId: string): number | null {
    const row = this.db
      .prepare<[string], { bytes: number }>('SELECT length(vector) AS bytes FROM embeddings WHERE trunk_id = ? LIMIT 1')
      .get(trunkId);
    return row ? row.bytes / 2 : null;
  }
}

/** Copies a blob of float16 values out of SQLite's buffer, whose offset may be odd. */
export function decodeHalf(blob: Buffer): Float16Array {
  const bytes = new Uint8Array(blob.byteLength);
  bytes.set(blob);
  return new Float16Array(bytes.buffer);
}
