import type { z } from 'zod';

export interface Procedure {
  input: z.ZodType;
  output: z.ZodType;
}

export interface Contract {
  procedures: Record<string, Procedure>;
  events: Record<string, z.ZodType>;
}

/** Keeps the literal types of a contract. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

export type ProcedureName<C extends Contract> = keyof C['procedures'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;
/** What a caller passes. */
export type Input<C extends Contract, P extends ProcedureName<C>> = z.input<C['procedures'][P]['input']>;
/** What a caller gets. */
export type Output<C extends Contract, P extends ProcedureName<C>> = z.output<C['procedures'][P]['output']>;
export type Payload<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>;

export interface CallContext {
  /** Aborts when the caller cancels or its connection closes. */
  signal: AbortSignal;
}

/** One handler a procedure: a missing one is a compile error. */
export type Handlers<C extends Contract> = {
  [P in ProcedureName<C>]: (
    input: z.output<C['procedures'][P]['input']>,
    context: CallContext,
  ) => Promise<z.input<C['procedures'][P]['output']>> | z.input<C['procedures'][P]['output']>;
};

/** Sends an event to every connected client. */
export type Emit<C extends Contract> = <E extends EventName<C>>(event: E, payload: z.input<C['events'][E]>) => void;
