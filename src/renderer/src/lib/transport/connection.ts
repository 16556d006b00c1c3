import type { Transport } from '@shared/ipc/frames';

/** `open` once frames can pass; `lost` while a dropped connection is being made again. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

/** A transport that can lose its host, and tells when. */
export interface Connection extends Transport {
  /** Hears the state now and whenever it changes. @returns A function that stops listening. */
  onState(listener: (state: ConnectionState) => void): () => void;
}

/** Gives a transport that cannot be lost (the window's, a test's) the shape of one that can. */
export function alwaysOpen(transport: Transport): Connection {
  return {
    request: (frame) => transport.request(frame),
    cancel: (id) => transport.cancel(id),
    onEvent: (listener) => transport.onEvent(listener),
    onState: (listener) => {
      listener('open');
      return () => undefined;
    },
  };
}
