import type { Db } from './open-database';

/** Trunk features by photo and view: float16 little-endian on disk. Written by the pipeline worker alone. */
export class EmbeddingStore {
  constructor(private readonly db: Db) {}

  put(trunkId: string, photoId: number, viewIndex: number, vector: Float32Array): void {
    const half = new Float16Array(vector);
    this.db
      .prepare('INSERT OR REPLACE INTO embeddings (trunk_id, photo_id, view_index, vector) VALUES (?, ?, ?, ?)')
      .run(trunkId, photoId, viewIndex, Buffer.from(half.buffer));
  }

  /** Views that a photo already has, by photo id. */
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
   * Reads one view of some photos.
   *
   * @returns One row per photo, in the order of `photoIds`. Shape: [N, F].
   * @throws {Error} When a view is missing: the embed stage did not finish.
   */
  read(trunkId: string, photoIds: readonly number[], viewIndex: number, width: number): Float32Array {
    return new Float32Array(this.readPacked(trunkId, photoIds, viewIndex, width));
  }

  /** The canonical view of photos as it is stored: 50,000 photos are 128 MB. Shape: [N, F]. */
  canonical(trunkId: string, photoIds: readonly number[], width: number): Float16Array {
    return this.readPacked(trunkId, photoIds, 0, width);
  }

  private readPacked(
    trunkId: string,
    photoIds: readonly number[],
    viewIndex: number,
    width: number,
  ): Float16Array<ArrayBuffer> {
    const bytes = new Uint8Array(photoIds.length * width * 2);
    const find = this.db
      .prepare<[string, number, number], Buffer>(
        'SELECT vector FROM embeddings WHERE trunk_id = ? AND photo_id = ? AND view_index = ?',
      )
      .pluck();
    photoIds.forEach((photoId, index) => {
      const vector = find.get(trunkId, photoId, viewIndex);
      if (!vector) throw new Error(`Photo ${photoId} has no view ${viewIndex}.`);
      bytes.set(vector, index * width * 2);
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
