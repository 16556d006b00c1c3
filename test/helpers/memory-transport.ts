import type { Contract } from '@shared/ipc/define';
import type { Connection, Dispatcher } from '@shared/ipc/dispatcher';
import type { EventFrame, Transport } from '@shared/ipc/frames';

/** The third transport: client and dispatcher in one process, with every frame copied as a wire would. */
export function memoryTransport<C extends Contract>(
  dispatcher: Dispatcher<C>,
): { transport: Transport; connection: Connection; emit: (frame: EventFrame) => void } {
  const connection = dispatcher.connect();
  const listeners = new Set<(frame: EventFrame) => void>();
  return {
    connection,
    emit: (frame) => listeners.forEach((listener) => listener(structuredClone(frame))),
    transport: {
      request: async (frame) => structuredClone((await connection.receive(structuredClone(frame)))!),
      cancel: (id) => void connection.receive({ kind: 'cancel', id }),
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
