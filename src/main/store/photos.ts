import type { Db } from './open-database';

export interface PhotoRow {
  id: number;
  folder_id: number;
  /** Relative to the folder, '/' between parts. */
  path: string;
  size_bytes: number;
  mtime_ms: number;
  content_hash: string | null;
  perceptual_hash: Buffer | null;
  format: string | null;
  width: number | null;
  height: number | null;
  orientation: number | null;
  taken_at: string | null;
  taken_at_ms: number | null;
  camera: string | null;
  latitude: number | null;
  longitude: number | null;
  status: 'indexable' | 'indexed' | 'failed';
  reason: string | null;
  num_crashes: number;
  primary_photo_id: number | null;
  /** The photo that stands for its burst or copies; itself where it does, null before it was compared. */
  unit_photo_id: number | null;
  is_missing: number;
  /** The photo that had this path before, while it is not known which photo the file is. */
  replaces_photo_id: number | null;
  /** Worth knowing of a photo that is shown all the same. */
  note: string | null;
  /** The kind of failure, where it failed while it was read. */
  problem: string | null;
}

/** What reading a file told about it. */
export type PhotoFacts = Pick<
  PhotoRow,
  | 'content_hash'
  | 'perceptual_hash'
  | 'format'
  | 'width'
  | 'height'
  | 'orientation'
  | 'taken_at'
  | 'taken_at_ms'
  | 'camera'
  | 'latitude'
  | 'longitude'
  | 'note'
>;

/** The photos table. Written by the pipeline worker alone. */
export class PhotoStore {
  constructor(private readonly db: Db) {}

  get(photoId: number): PhotoRow | undefined {
    return this.db.prepare<[number], PhotoRow>('SELECT * FROM photos WHERE id = ?').get(photoId);
  }

  /** Failures of some kinds pass: these photos are to be read again. */
  retryPassing(folderId: number, problems: readonly string[]): void {
    this.db
      .prepare(
        `UPDATE photos SET status = 'indexable', reason = NULL, problem = NULL WHERE folder_id = ? AND status = 'failed'
           AND is_missing = 0 AND problem IN (SELECT value FROM json_each(?))`,
      )
      .run(folderId, JSON.stringify(problems));
  }

  /** The photo at a path relative to its folder. */
  at(folderId: number, path: string): PhotoRow | undefined {
    return this.db
      .prepare<[number, string], PhotoRow>('SELECT * FROM photos WHERE folder_id = ? AND path = ?')
      .get(folderId, path);
  }

  /** Whether any photo of a folder is known. */
  hasAny(folderId: number): boolean {
    return this.db.prepare('SELECT 1 FROM photos WHERE folder_id = ? LIMIT 1').get(folderId) !== undefined;
  }

  inFolder(folderId: number): PhotoRow[] {
    return this.db.prepare<[number], PhotoRow>('SELECT * FROM photos WHERE folder_id = ? ORDER BY path').all(folderId);
  }

  insert(folderId: number, path: string, sizeBytes: number, mtimeMs: number): number {
    const result = this.db
      .prepare(`INSERT INTO photos (folder_id, path, size_bytes, mtime_ms, status) VALUES (?, ?, ?, ?, 'indexable')`)
      .run(folderId, path, sizeBytes, mtimeMs);
    return Number(result.lastInsertRowid);
  }

  /** A file that was never read changed: it is still to be read. */
  markChanged(photoId: number, sizeBytes: number, mtimeMs: number): void {
    this.db
      .prepare(
        `UPDATE photos SET size_bytes = ?, mtime_ms = ?, status = 'indexable', reason = NULL, problem = NULL, num_crashes = 0,
           is_missing = 0 WHERE id = ?`,
      )
      .run(sizeBytes, mtimeMs, photoId);
  }

  setMissing(photoId: number, isMissing: boolean): void {
    this.db.prepare('UPDATE photos SET is_missing = ? WHERE id = ?').run(isMissing ? 1 : 0, photoId);
  }

  setPrimary(photoId: number, primaryPhotoId: number | null): void {
    this.db.prepare('UPDATE photos SET primary_photo_id = ? WHERE id = ?').run(primaryPhotoId, photoId);
  }

  setIndexed(photoId: number, facts: PhotoFacts): void {
    const indexing = this.db.prepare(
      `UPDATE photos SET status = 'indexed', reason = NULL, problem = NULL, note = @note, num_crashes = 0, content_hash = @content_hash, perceptual_hash = @perceptual_hash,
           format = @format, width = @width, height = @height, orientation = @orientation, taken_at = @taken_at,
           taken_at_ms = @taken_at_ms, camera = @camera, latitude = @latitude, longitude = @longitude WHERE id = @id`,
    );
    indexing.run({ ...facts, id: photoId });
  }

  /** @param problem The kind of failure; one that passes is tried again by the next scan. */
  setFailed(photoId: number, reason: string, problem: string | null = null): void {
    this.db
      .prepare(`UPDATE photos SET status = 'failed', reason = ?, problem = ? WHERE id = ?`)
      .run(reason, problem, photoId);
  }

  /** @returns How often the worker has now died while reading this photo. */
  countCrash(photoId: number): number {
    return this.db
      .prepare<[number], { num_crashes: number }>(
        'UPDATE photos SET num_crashes = num_crashes + 1 WHERE id = ? RETURNING num_crashes',
      )
      .get(photoId)!.num_crashes;
  }

  /** Marks failed photos to be read again: those given, or all when the list is empty. */
  retry(photoIds: readonly number[]): number {
    const retry = this.db.prepare(
      `UPDATE photos SET status = 'indexable', reason = NULL, num_crashes = 0 WHERE status = 'failed' AND (? IS NULL OR id = ?)`,
    );
    const ids: readonly (number | null)[] = photoIds.length === 0 ? [null] : photoIds;
    return this.db.transaction(() => ids.reduce<number>((sum, id) => sum + retry.run(id, id).changes, 0)).immediate();
  }

  /** Photos still to be read, in a stable order. */
  toRead(): PhotoToRead[] {
    return this.db
      .prepare<[], PhotoToRead>(
        `SELECT p.id, p.path, f.path AS folder, p.content_hash, p.size_bytes, p.num_crashes FROM photos p JOIN folders f ON f.id = p.folder_id
         WHERE p.status = 'indexable' AND p.is_missing = 0 AND f.is_offline = 0 AND p.primary_photo_id IS NULL
         ORDER BY p.folder_id, p.path`,
      )
      .all();
  }

  /** Photos a run learns from, ordered by content so that names, folders and order of arrival do not change a result. */
  toCluster(): PhotoToRead[] {
    return this.db
      .prepare<[], PhotoToRead>(
        `SELECT p.id, p.path, f.path AS folder, p.content_hash, p.size_bytes, p.num_crashes FROM photos p JOIN folders f ON f.id = p.folder_id
         WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL
         ORDER BY p.content_hash, f.path, p.path`,
      )
      .all();
  }

  /** Every file that was read, as it was then. One that the last index missed is known to be gone and is not listed. */
  originals(): { source: string; path: string; contentHash: string; mtimeMs: number }[] {
    return this.db
      .prepare<[], { source: string; path: string; contentHash: string; mtimeMs: number }>(
        `SELECT f.path || '/' || p.path AS source, p.path, p.content_hash AS contentHash, p.mtime_ms AS mtimeMs
         FROM photos p JOIN folders f ON f.id = p.folder_id
         WHERE p.content_hash IS NOT NULL AND p.is_missing = 0 ORDER BY p.folder_id, p.path`,
      )
      .all();
  }

  /** Tells of every photo which one stands for its burst or copies. */
  setUnits(photoIds: readonly number[], unitPhotoIds: readonly number[]): void {
    const update = this.db.prepare('UPDATE photos SET unit_photo_id = ? WHERE id = ? AND unit_photo_id IS NOT ?');
    this.db
      .transaction(() =>
        photoIds.forEach((photoId, index) => update.run(unitPhotoIds[index], photoId, unitPhotoIds[index])),
      )
      .immediate();
  }

  /** Photos of the same burst or copies, itself included. */
  stack(photoId: number): number[] {
    return this.db
      .prepare<[number], { id: number }>(
        `SELECT q.id FROM photos p JOIN photos q ON q.unit_photo_id = p.unit_photo_id
         WHERE p.id = ? AND q.is_missing = 0 AND q.status = 'indexed' ORDER BY q.taken_at_ms, q.path`,
      )
      .all(photoId)
      .map((row) => row.id);
  }

  problems(): { id: number; path: string; reason: string }[] {
    return this.db
      .prepare<[], { id: number; path: string; reason: string }>(
        `SELECT id, path, coalesce(reason, 'Could not be read.') AS reason FROM photos
         WHERE status = 'failed' AND is_missing = 0 ORDER BY folder_id, path`,
      )
      .all();
  }

  /** Photos that are shown though something is wrong with their file. */
  notes(): { path: string; note: string }[] {
    return this.db
      .prepare<[], { path: string; note: string }>(
        `SELECT path, note FROM photos WHERE note IS NOT NULL AND status = 'indexed' AND is_missing = 0 ORDER BY folder_id, path`,
      )
      .all();
  }

  counts(): { total: number; indexed: number; failed: number } {
    return this.db
      .prepare<[], { total: number; indexed: number; failed: number }>(
        `SELECT count(*) AS total, coalesce(sum(status = 'indexed'), 0) AS indexed, coalesce(sum(status = 'failed'), 0) AS failed
         FROM photos WHERE is_missing = 0 AND primary_photo_id IS NULL`,
      )
      .get()!;
  }
}

export interface PhotoToRead {
  id: number;
  path: string;
  folder: string;
  content_hash: string | null;
  size_bytes: number;
  /** Times the worker died while reading it. */
  num_crashes: number;
}
