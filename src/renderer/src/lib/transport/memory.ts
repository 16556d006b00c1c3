import type { Contract, Emit, Handlers } from '@shared/ipc/define';
import { Dispatcher, eventFrame } from '@shared/ipc/dispatcher';
import type { EventFrame, Transport } from '@shared/ipc/frames';

/** A host in the same process, through the same dispatcher and frames as the real doors: for tests and the design harness. */
export function memoryTransport<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  onBug: (error: unknown, procedure: string) => void,
): { transport: Transport; emit: Emit<C> } {
  const connection = new Dispatcher(contract, handlers, { onBug }).connect();
  const listeners = new Set<(frame: EventFrame) => void>();
  return {
    transport: {
      request: async (frame) => (await connection.receive(structuredClone(frame)))!,
      cancel: (id) => void connection.receive({ kind: 'cancel', id }),
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    emit: (event, payload) => {
      const frame = eventFrame(contract, event, payload);
      for (const listener of listeners) listener(frame);
    },
  };
}
