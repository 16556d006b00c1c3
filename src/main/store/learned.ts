import type { Db } from './open-database';
import { decodeHalf } from './embeddings';

/** Nearest photos of one photo, nearest first. */
export interface NeighborRow {
  photoId: number;
  neighborIds: Int32Array;
  similarities: Float32Array;
}

/** What runs learned: feature models, neighbour lists and cluster assignments. Written by the pipeline worker alone. */
export class LearnedStore {
  constructor(private readonly db: Db) {}

  featureModel(inputHash: string): { id: number; model: Uint8Array } | undefined {
    return this.db
      .prepare<[string], { id: number; model: Buffer }>('SELECT id, model FROM feature_models WHERE input_hash = ?')
      .get(inputHash);
  }

  putFeatureModel(trunkId: string, inputHash: string, model: Uint8Array): number {
    const result = this.db
      .prepare('INSERT INTO feature_models (trunk_id, input_hash, model, created_at) VALUES (?, ?, ?, ?)')
      .run(trunkId, inputHash, model, new Date().toISOString());
    return Number(result.lastInsertRowid);
  }

  /** Drops models that no run which can be shown places by, with their vectors and neighbour lists. The newest stays. */
  pruneFeatureModels(): void {
    this.db
      .prepare(
        `DELETE FROM feature_models WHERE id NOT IN (SELECT feature_model_id FROM run_heads)
           AND id <> (SELECT max(id) FROM feature_models)`,
      )
      .run();
  }

  numNeighborLists(featureModelId: number): number {
    return this.db
      .prepare<[number], { n: number }>('SELECT count(*) AS n FROM neighbor_lists WHERE feature_model_id = ?')
      .get(featureModelId)!.n;
  }

  putNeighbors(featureModelId: number, rows: Iterable<NeighborRow>): void {
    const insert = this.db.prepare(
      'INSERT OR REPLACE INTO neighbor_lists (feature_model_id, photo_id, neighbor_ids, similarities) VALUES (?, ?, ?, ?)',
    );
    this.db
      .transaction(() => {
        for (const { photoId, neighborIds, similarities } of rows) {
          insert.run(featureModelId, photoId, bytesOf(neighborIds), bytesOf(similarities));
        }
      })
      .immediate();
  }

  neighbors(featureModelId: number, photoId: number): NeighborRow | undefined {
    const row = this.db
      .prepare<[number, number], { neighbor_ids: Buffer; similarities: Buffer }>(
        'SELECT neighbor_ids, similarities FROM neighbor_lists WHERE feature_model_id = ? AND photo_id = ?',
      )
      .get(featureModelId, photoId);
    if (!row) return undefined;
    return {
      photoId,
      neighborIds: new Int32Array(copyOf(row.neighbor_ids)),
      similarities: new Float32Array(copyOf(row.similarities)),
    };
  }

  featureModelOf(id: number): Buffer | undefined {
    return this.db.prepare<[number], { model: Buffer }>('SELECT model FROM feature_models WHERE id = ?').get(id)?.model;
  }

  latestFeatureModelId(): number | null {
    return (
      this.db.prepare<[], { id: number }>('SELECT id FROM feature_models ORDER BY id DESC LIMIT 1').get()?.id ?? null
    );
  }

  /**
   * Keeps the learned vector of every photo that stands for its burst.
   *
   * @param vectors Rows of length 1, in the order of `photoIds`. Shape: [N, D].
   * @param cameLater Tells of each whether the model was learned without it; left out: of none.
   */
  putVectors(
    featureModelId: number,
    photoIds: readonly number[],
    vectors: { columns: number; values: Float32Array },
    cameLater: (photoId: number) => boolean = () => false,
  ): void {
    const insert = this.db.prepare(
      'INSERT OR REPLACE INTO photo_vectors (feature_model_id, photo_id, vector, came_later) VALUES (?, ?, ?, ?)',
    );
    const { columns, values } = vectors;
    this.db
      .transaction(() => {
        photoIds.forEach((photoId, row) => {
          const vector = values.subarray(row * columns, (row + 1) * columns);
          insert.run(featureModelId, photoId, bytesOf(new Float16Array(vector)), cameLater(photoId) ? 1 : 0);
        });
      })
      .immediate();
  }

  numVectors(featureModelId: number): number {
    return this.db
      .prepare<[number], { n: number }>('SELECT count(*) AS n FROM photo_vectors WHERE feature_model_id = ?')
      .get(featureModelId)!.n;
  }

  /** Photos with a vector by a model that was learned without them. */
  cameLater(featureModelId: number): number[] {
    return this.db
      .prepare<[number], { id: number }>(
        'SELECT photo_id AS id FROM photo_vectors WHERE feature_model_id = ? AND came_later = 1 ORDER BY photo_id',
      )
      .all(featureModelId)
      .map(({ id }) => id);
  }

  /** The learned vectors of all photos that have one. Rows of length 1, in the order of `photoIds`, which is that of ids. */
  vectors(featureModelId: number): { photoIds: number[]; width: number; values: Float32Array } {
    const rows = this.db.prepare<[number], { photo_id: number; vector: Buffer }>(
      'SELECT photo_id, vector FROM photo_vectors WHERE feature_model_id = ? ORDER BY photo_id',
    );
    const numRows = this.numVectors(featureModelId);
    const photoIds: number[] = [];
    let width = 0;
    let values = new Float32Array(0);
    for (const { photo_id: photoId, vector } of rows.iterate(featureModelId)) {
      if (photoIds.length === 0) {
        width = vector.byteLength / 2;
        values = new Float32Array(numRows * width);
      }
      values.set(decodeHalf(vector), photoIds.length * width);
      photoIds.push(photoId);
    }
    return { photoIds, width, values };
  }

  /** The learned vector of one photo, of length 1; undefined where it has none of its own. */
  vector(featureModelId: number, photoId: number): Float16Array | undefined {
    const row = this.db
      .prepare<[number, number], { vector: Buffer }>(
        'SELECT vector FROM photo_vectors WHERE feature_model_id = ? AND photo_id = ?',
      )
      .get(featureModelId, photoId);
    return row && decodeHalf(row.vector);
  }
}

function bytesOf(values: Int32Array | Float32Array | Float16Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function copyOf(blob: Buffer): ArrayBuffer {
  const bytes = new Uint8Array(blob.byteLength);
  bytes.set(blob);
  return bytes.buffer;
}
