import type { Transport } from '@shared/ipc/frames';

/** `open` once frames can pass; `lost` while a dropped connection is being made again. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

/** A transport that can lose its host, and tells when. */
export interface Connection extends Transport {
  /** Hears the state now and whenever it changes. @returns A function that stops listening. */
  onState(listener: (state: ConnectionState) => void): () => void;
}
