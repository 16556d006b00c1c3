import { z } from 'zod';

import { HistoryEntry } from './history';
import { GroupId, PhotoId } from './ids';

/** Where photos are shown: a group, or one of the trays at the end. */
export const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('group'), groupId: GroupId }),
  z.strictObject({ kind: z.literal('unsorted') }),
  z.strictObject({ kind: z.literal('unsure') }),
  z.strictObject({ kind: z.literal('all') }),
]);
export type Place = z.infer<typeof Place>;

/** In UTF-16 code units. */
export const MAX_NAME_LENGTH = 120;

export const GroupName = z
  .string()
  .trim()
  .min(1, 'A name needs at least one character.')
  .max(MAX_NAME_LENGTH, `A name can have at most ${MAX_NAME_LENGTH} characters.`);

export const GroupSummary = z.object({
  id: GroupId,
  /** Null while the person has not named it. */
  name: z.string().nullable(),
  numPhotos: z.int().min(0),
  /** Mean confidence of its photos. */
  confidence: z.number().min(0).max(1),
  /** How many of its photos are sure, likely and unsure. */
  numSure: z.int().min(0),
  numLikely: z.int().min(0),
  numUnsure: z.int().min(0),
  /** Up to four photos that look different from each other; the first is the cover. */
  coverPhotoIds: z.array(PhotoId),
  /** First and last day (ISO date) among its photos. */
  firstTakenAt: z.string().nullable(),
  lastTakenAt: z.string().nullable(),
  isHidden: z.boolean(),
  isPinned: z.boolean(),
});
export type GroupSummary = z.infer<typeof GroupSummary>;

export const Tray = z.object({ numPhotos: z.int().min(0), coverPhotoIds: z.array(PhotoId) });
export type Tray = z.infer<typeof Tray>;

export const GroupList = z.object({
  /** Named first, then by size. */
  groups: z.array(GroupSummary),
  unsure: Tray,
  unsorted: Tray,
  /** First quick groups of a run that is still learning. */
  isDraft: z.boolean(),
  /** Rises with every change; tells a late reply from a fresh one. */
  revision: z.int().min(0),
});
export type GroupList = z.infer<typeof GroupList>;

/** How a group would come apart. Nothing has changed yet. */
export const SplitPreview = z.object({
  groupId: GroupId,
  /** As many parts as the photos themselves suggest. */
  suggestedParts: z.int().min(2),
  /** No more than this can be told apart. */
  maxParts: z.int().min(2).max(8),
  /** The largest first; in each the most typical photo first. Around chosen photos: in their order. */
  parts: z.array(z.object({ photoIds: z.array(PhotoId) })),
});
export type SplitPreview = z.infer<typeof SplitPreview>;

/** Where names are taken from when a folder is read back. */
export const NamesSource = z.enum(['auto', 'folders', 'keywords']);
export type NamesSource = z.infer<typeof NamesSource>;

/** What became of the names that a folder gave. */
export const NamesImport = z.object({
  /** Null where everything was already so: then there is nothing to undo. */
  entry: HistoryEntry.nullable(),
  /** Groups that had no name and got one. */
  numNamed: z.int().min(0),
  /** Groups that were made. */
  numMade: z.int().min(0),
  /** Photos that were put into the group of their name. */
  numPlaced: z.int().min(0),
  /** Photos that a person had placed elsewhere, or taken out of that group, before: they stay. */
  numKept: z.int().min(0),
  /** Photos with a name that are not in the library. */
  numUnknown: z.int().min(0),
});
export type NamesImport = z.infer<typeof NamesImport>;

/** The slider between few big groups and many small ones. */
export const DetailView = z.object({
  /** γ of the merge tree: what is shown now. */
  detail: z.number(),
  /** What can be shown, fewest groups first. */
  stops: z.array(z.object({ detail: z.number(), numGroups: z.int().min(0) })),
  /** The stop that is shown now. */
  stopIndex: z.int().min(0),
});
export type DetailView = z.infer<typeof DetailView>;
