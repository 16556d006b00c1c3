import { z } from 'zod';

import { GroupId, PhotoId } from './ids';

/** Photos that a correction would take along, by the group they would go to. Nothing moves before the person accepts. */
export const TeachPreview = z.object({
  numPhotos: z.int().min(0),
  groups: z.array(z.object({ groupId: GroupId, name: z.string().nullable(), photoIds: z.array(PhotoId) })),
});
export type TeachPreview = z.infer<typeof TeachPreview>;

export const QuestionKey = z.string().min(1).max(400);

/** «Do these belong together?» about two small sets of photos. */
export const ReviewQuestion = z.object({
  key: QuestionKey,
  /** A part of a group and the rest of it, two groups, a photo and a group, or photos that are in no group. */
  kind: z.enum(['part', 'merge', 'place', 'form']),
  these: z.array(PhotoId),
  those: z.array(PhotoId),
  /** The group of each side, where it has one. */
  theseGroupId: GroupId.nullable(),
  thoseGroupId: GroupId.nullable(),
  /** How many photos find their place with an answer. */
  numSettled: z.int().min(0),
});
export type ReviewQuestion = z.infer<typeof ReviewQuestion>;

export const ReviewAnswer = z.enum(['yes', 'no', 'unsure']);
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;
