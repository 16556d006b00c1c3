/**
 * @file Which photo a file is.
 *
 * [Note: A photo is its content] Everything that is known of a photo (its group, what the person said of it, its features) goes by its id, and
 * the id follows the content of the file, not its path. When the file at a known path changed, the photo that was there is set aside: it is
 * missing, and its path is free for a new row. When that row is read, its content is looked for among the missing photos. So photos that were
 * renumbered, swapped or moved find their ids again, whatever the order in which they are read, and a content that nobody knew is a new photo.
 *
 * A photo that was set aside keeps its former path behind its id, `/<id>/<path>`. No path of a file begins with '/', so the two never meet.
 */
import type { Db } from './open-database';
import type { PhotoRow } from './photos';

/** A file that was read at the path of a photo that is still missing. */
export interface ReplacedFile {
  photoId: number;
  contentHash: string;
  formerId: number;
  formerHash: string;
}

export class PhotoIdentity {
  constructor(private readonly db: Db) {}

  /** The content of a known file changed: the photo is set aside, and a new row waits to be read at its path. */
  setAside(photo: PhotoRow, sizeBytes: number, mtimeMs: number): void {
    this.db.prepare(`UPDATE photos SET is_missing = 1, path = '/' || id || '/' || path WHERE id = ?`).run(photo.id);
    this.db
      .prepare(
        `INSERT INTO photos (folder_id, path, size_bytes, mtime_ms, status, replaces_photo_id)
         VALUES (?, ?, ?, ?, 'indexable', ?)`,
      )
      .run(photo.folder_id, photo.path, sizeBytes, mtimeMs, photo.id);
  }

  /**
   * The missing photo that has a content. Of several copies the one whose place the file has, then one of the same folder.
   *
   * @param foundId The row of the file that was read.
   */
  findMissing(contentHash: string, foundId: number): number | undefined {
    return this.db
      .prepare<{ contentHash: string; foundId: number }, { id: number }>(
        `SELECT p.id FROM photos p, photos found
         WHERE p.content_hash = @contentHash AND p.is_missing = 1 AND p.id <> found.id AND found.id = @foundId
         ORDER BY p.id IS found.replaces_photo_id DESC, p.folder_id = found.folder_id DESC, p.id LIMIT 1`,
      )
      .get({ contentHash, foundId })?.id;
  }

  /** Gives a known photo the place of a newly found file, whose row goes. */
  takeOver(knownId: number, foundId: number): void {
    this.db
      .transaction(() => {
        const found = this.db.prepare<[number], PhotoRow>('SELECT * FROM photos WHERE id = ?').get(foundId)!;
        this.db.prepare('UPDATE photos SET primary_photo_id = ? WHERE primary_photo_id = ?').run(knownId, foundId);
        this.db.prepare('DELETE FROM photos WHERE id = ?').run(foundId);
        this.db
          .prepare(
            `UPDATE photos SET folder_id = ?, path = ?, size_bytes = ?, mtime_ms = ?, is_missing = 0, replaces_photo_id = NULL
             WHERE id = ?`,
          )
          .run(found.folder_id, found.path, found.size_bytes, found.mtime_ms, knownId);
      })
      .immediate();
  }

  /**
   * Takes a folder out of the library for the sake of another that holds the same photos. Of its photos only those stay that the person said
   * something of: missing, in the other folder.
   */
  giveUpFolder(folderId: number, intoFolderId: number): void {
    this.db.prepare('UPDATE photos SET primary_photo_id = NULL WHERE folder_id = ?').run(folderId);
    this.db
      .prepare(
        `DELETE FROM photos WHERE folder_id = ? AND id NOT IN (SELECT photo_id FROM overrides UNION SELECT photo_id FROM rejections
           UNION SELECT photo_id FROM pair_constraints UNION SELECT other_photo_id FROM pair_constraints)`,
      )
      .run(folderId);
    this.db
      .prepare(`UPDATE photos SET folder_id = ?, is_missing = 1, path = '/' || id || '/' || path WHERE folder_id = ?`)
      .run(intoFolderId, folderId);
    this.db.prepare('DELETE FROM folders WHERE id = ?').run(folderId);
  }

  /** Files with a content that nobody knew, at the path of a photo that was found nowhere. */
  replaced(): ReplacedFile[] {
    return this.db
      .prepare<[], ReplacedFile>(
        `SELECT p.id AS photoId, p.content_hash AS contentHash, former.id AS formerId, former.content_hash AS formerHash
         FROM photos p JOIN photos former ON former.id = p.replaces_photo_id
         WHERE p.status = 'indexed' AND p.is_missing = 0 AND former.is_missing = 1 AND former.content_hash IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM overrides WHERE photo_id = p.id) ORDER BY p.id`,
      )
      .all();
  }

  /** What the person said of the former photo may hold for the new one: it is shown in that group as unsure, until the person says. */
  doubt({ photoId, formerId }: ReplacedFile): void {
    this.db
      .prepare(
        `INSERT OR IGNORE INTO doubts (photo_id, former_photo_id, group_id)
         SELECT ?, photo_id, group_id FROM overrides WHERE photo_id = ? AND group_id IS NOT NULL`,
      )
      .run(photoId, formerId);
  }

  /** Every file that was read knows now which photo it is. */
  settle(): void {
    this.db
      .prepare(
        `UPDATE photos SET replaces_photo_id = NULL WHERE replaces_photo_id IS NOT NULL AND status = 'indexed' AND is_missing = 0`,
      )
      .run();
  }

  /** Whether a photo stands in its group only because the person had put the former photo of its path there. */
  isDoubtful(photoId: number): boolean {
    return (
      this.db
        .prepare('SELECT 1 FROM doubts WHERE photo_id = ? AND photo_id NOT IN (SELECT photo_id FROM overrides)')
        .get(photoId) !== undefined
    );
  }
}
