/** A photo that is to be exported, and where it goes. */
export interface ExportItem {
  photoId: number;
  /** Absolute path of the original. */
  source: string;
  /** The same relative to its library folder: what the person reads. */
  path: string;
  /** Folder for its group, from `exportFolderNames`; may have parts, '/' between them ("Beach/Best"). */
  folder: string;
  sizeBytes: number;
  contentHash: string;
  /** ISO date, for a folder a year. */
  takenAt?: string | null;
  /** When it was read; told apart from what is there now. */
  mtimeMs?: number;
}
