import { z } from 'zod';

import { WireError } from './errors';

/** @file The only shapes that cross a process or network boundary. */

export const RequestFrame = z.strictObject({
  kind: z.literal('request'),
  id: z.int().min(0),
  procedure: z.string().max(100),
  input: z.unknown(),
});
export type RequestFrame = z.infer<typeof RequestFrame>;

export const CancelFrame = z.strictObject({ kind: z.literal('cancel'), id: z.int().min(0) });
export type CancelFrame = z.infer<typeof CancelFrame>;

export const ClientFrame = z.discriminatedUnion('kind', [RequestFrame, CancelFrame]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const ReplyFrame = z.union([
  z.object({ kind: z.literal('reply'), id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.object({ kind: z.literal('reply'), id: z.int(), ok: z.literal(false), error: WireError }),
]);
export type ReplyFrame = z.infer<typeof ReplyFrame>;

export const EventFrame = z.object({ kind: z.literal('event'), event: z.string(), payload: z.unknown() });
export type EventFrame = z.infer<typeof EventFrame>;

export const HostFrame = z.union([ReplyFrame, EventFrame]);
export type HostFrame = z.infer<typeof HostFrame>;

/** What a door must supply: the Electron preload, a WebSocket, or an in-memory pair in tests. */
export interface Transport {
  /** Resolves with the reply; rejects only when the connection itself is lost. */
  request(frame: RequestFrame): Promise<ReplyFrame>;
  cancel(id: number): void;
  /** @returns A function that stops listening. */
  onEvent(listener: (frame: EventFrame) => void): () => void;
}
