import type { Contract, EventName, Input, Output, Payload, ProcedureName } from './define';
import { AppError } from './errors';
import type { Transport } from './frames';

/** The typed caller of a contract over any transport. Replies and events are validated again on this side. */
export interface Client<C extends Contract> {
  /** @throws {AppError} With the host's code, or `cancelled` when `signal` aborts. */
  call<P extends ProcedureName<C>>(
    procedure: P,
    input: Input<C, P>,
    options?: { signal?: AbortSignal },
  ): Promise<Output<C, P>>;
  /** @returns A function that stops listening. */
  on<E extends EventName<C>>(event: E, listener: (payload: Payload<C, E>) => void): () => void;
}

export function createClient<C extends Contract>(contract: C, transport: Transport): Client<C> {
  let nextId = 0;
  return {
    async call(procedure, input, { signal } = {}) {
      if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
      const id = nextId++;
      const onAbort = (): void => transport.cancel(id);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        const reply = await transport.request({ kind: 'request', id, procedure, input });
        if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
        return contract.procedures[procedure]!.output.parse(reply.output) as never;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    on(event, listener) {
      return transport.onEvent((frame) => {
        if (frame.event === event) listener(contract.events[event]!.parse(frame.payload) as never);
      });
    },
  };
}
