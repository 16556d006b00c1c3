import { z } from 'zod';

import { EventFrame, ReplyFrame } from '@shared/ipc/frames';
import { PhotoId } from '@shared/model/ids';
import { MediaSize } from '@shared/media-url';

/** @file What Electron's main process and the host say to each other, over the channel of a forked process. */

/** Something that only Electron can do: the host asks for it. */
export const DoorCall = z.discriminatedUnion('name', [
  z.object({ name: z.literal('pickFolder'), title: z.string() }),
  /** Opens a file or folder with the program that the system has for it. */
  z.object({ name: z.literal('openPath'), path: z.string() }),
  /** Opens the folder of a file in the file manager, with the file chosen. */
  z.object({ name: z.literal('showInFolder'), path: z.string() }),
]);
export type DoorCall = z.infer<typeof DoorCall>;

export const DoorResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.string().nullable() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type DoorResult = z.infer<typeof DoorResult>;

/** What the person asked to open from outside the window: the command line, a second start, the file manager. */
export const Wanted = z.object({ folder: z.string().nullable(), libraryDir: z.string().nullable() });
export type Wanted = z.infer<typeof Wanted>;

/** What a host must open again that takes the place of one that died. */
export const Opened = z.object({ libraryDir: z.string() });
export type Opened = z.infer<typeof Opened>;

export const ToHost = z.discriminatedUnion('kind', [
  /** A frame of a page. Each load of the page is a connection of its own, so that a reload ends what the last load asked for. */
  z.object({ kind: z.literal('frame'), connection: z.int(), frame: z.unknown() }),
  z.object({ kind: z.literal('disconnected'), connection: z.int() }),
  z.object({ kind: z.literal('media'), id: z.int(), photoId: PhotoId, size: MediaSize }),
  /** Where photos lie, for dragging them out. */
  z.object({ kind: z.literal('paths'), id: z.int(), photoIds: z.array(PhotoId).max(1000) }),
  z.object({ kind: z.literal('want'), wanted: Wanted }),
  z.object({ kind: z.literal('reopen'), opened: Opened }),
  z.object({ kind: z.literal('answer'), id: z.int(), result: DoorResult }),
  z.object({ kind: z.literal('close') }),
]);
export type ToHost = z.infer<typeof ToHost>;

export const Media = z.object({
  body: z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array),
  contentType: z.string(),
  etag: z.string(),
});
export type Media = z.infer<typeof Media>;

export const FromHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('reply'), connection: z.int(), frame: ReplyFrame }),
  z.object({ kind: z.literal('event'), frame: EventFrame }),
  z.object({ kind: z.literal('media'), id: z.int(), media: Media.nullable() }),
  z.object({ kind: z.literal('paths'), id: z.int(), paths: z.array(z.string()) }),
  z.object({ kind: z.literal('ask'), id: z.int(), call: DoorCall }),
  /** Null when no library is open any more. */
  z.object({ kind: z.literal('opened'), opened: Opened.nullable() }),
]);
export type FromHost = z.infer<typeof FromHost>;
