import { z } from 'zod';

import type { Contract, Handlers } from './define';
import { AppError, asExpected, toWireError } from './errors';
import { ClientFrame, type EventFrame, type ReplyFrame, type RequestFrame } from './frames';

/** The most requests one connection may have under way; more are refused, so that a flood costs a reply each and no work. */
const MAX_IN_FLIGHT = 64;

/** One connection's view of the host: takes its frames, answers them, and aborts what is under way when it closes. */
export interface Connection {
  /** Handles a frame from outside, whatever its shape. Resolves with the reply, or null for a cancel frame. Never rejects. */
  receive(frame: unknown): Promise<ReplyFrame | null>;
  /** Aborts everything in flight for this connection. */
  close(): void;
}

export interface DispatcherOptions {
  /** Hears of bugs (everything thrown that is not an AppError), with the procedure's name. */
  onBug: (error: unknown, procedure: string) => void;
}

/** Routes validated requests to handlers; inputs and outputs are both parsed here. */
export class Dispatcher<C extends Contract> {
  constructor(
    private readonly contract: C,
    private readonly handlers: Handlers<C>,
    private readonly options: DispatcherOptions,
  ) {}

  connect(): Connection {
    const inFlight = new Map<number, AbortController>();
    return {
      receive: async (raw) => {
        const parsed = ClientFrame.safeParse(raw);
        if (!parsed.success) return refuse(idOf(raw), new AppError('invalid-argument', 'That is not a valid frame.'));
        const frame = parsed.data;
        if (frame.kind === 'cancel') {
          inFlight.get(frame.id)?.abort();
          return null;
        }
        if (inFlight.has(frame.id)) {
          return refuse(frame.id, new AppError('invalid-argument', 'A request with this id is under way.'));
        }
        if (inFlight.size >= MAX_IN_FLIGHT) {
          return refuse(frame.id, new AppError('failed-precondition', 'Too many requests at once.'));
        }
        const controller = new AbortController();
        inFlight.set(frame.id, controller);
        try {
          return await this.answer(frame, controller.signal);
        } finally {
          inFlight.delete(frame.id);
        }
      },
      close: () => {
        for (const controller of inFlight.values()) controller.abort();
      },
    };
  }

  private async answer(frame: RequestFrame, signal: AbortSignal): Promise<ReplyFrame> {
    const procedure = Object.hasOwn(this.contract.procedures, frame.procedure)
      ? this.contract.procedures[frame.procedure]
      : undefined;
    if (!procedure)
      return refuse(frame.id, new AppError('unimplemented', `There is no procedure “${frame.procedure}”.`));
    const input = procedure.input.safeParse(frame.input);
    if (!input.success) {
      return refuse(frame.id, new AppError('invalid-argument', z.prettifyError(input.error)));
    }
    try {
      const handler = this.handlers[frame.procedure as keyof Handlers<C>];
      const output = await handler(input.data as never, { signal });
      return { kind: 'reply', id: frame.id, ok: true, output: procedure.output.parse(output) };
    } catch (thrown) {
      const error = asExpected(thrown);
      if (signal.aborted) return refuse(frame.id, new AppError('cancelled', 'Cancelled.'));
      if (!(error instanceof AppError)) this.options.onBug(error, frame.procedure);
      return refuse(frame.id, error);
    }
  }
}

/** An event as a frame, validated so that a wrong payload is found on the side that made it. */
export function eventFrame<C extends Contract>(contract: C, event: string, payload: unknown): EventFrame {
  return { kind: 'event', event, payload: contract.events[event]!.parse(payload) };
}

function refuse(id: number, error: unknown): ReplyFrame {
  return { kind: 'reply', id, ok: false, error: toWireError(error) };
}

function idOf(raw: unknown): number {
  const parsed = z.object({ id: z.int() }).safeParse(raw);
  return parsed.success ? parsed.data.id : -1;
}
