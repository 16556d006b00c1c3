import { z } from 'zod';

/** @file Branded ids: a photo's id cannot be passed where a run's is meant. */

export const PhotoId = z.int().positive().brand<'PhotoId'>();
export type PhotoId = z.infer<typeof PhotoId>;

export const FolderId = z.int().positive().brand<'FolderId'>();
export type FolderId = z.infer<typeof FolderId>;

export const RunId = z.int().positive().brand<'RunId'>();
export type RunId = z.infer<typeof RunId>;

/** A group's UUID outlives runs. */
export const GroupId = z.uuid().brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

/** Hash of the library's folder; names its data folder. */
export const LibraryId = z
  .string()
  .regex(/^[0-9a-zA-Z._-]{1,80}$/)
  .brand<'LibraryId'>();
export type LibraryId = z.infer<typeof LibraryId>;

export const JournalId = z.int().positive().brand<'JournalId'>();
export type JournalId = z.infer<typeof JournalId>;

export const ExportId = z.int().positive().brand<'ExportId'>();
export type ExportId = z.infer<typeof ExportId>;
