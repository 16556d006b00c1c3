import { AppError } from '@shared/ipc/errors';

import type { DoorCall, DoorResult, ToHost } from './messages';

/** The host's side of calls to the door: each is answered once, by its number. */
export class DoorCalls {
  private nextId = 0;
  private readonly waiting = new Map<number, (result: DoorResult) => void>();

  constructor(private readonly ask: (id: number, call: DoorCall) => void) {}

  /** @throws {AppError} `failed-precondition` with the door's words when it could not. */
  async call(call: DoorCall): Promise<string | null> {
    const id = this.nextId++;
    const result = await new Promise<DoorResult>((resolve) => {
      this.waiting.set(id, resolve);
      this.ask(id, call);
    });
    if (!result.ok) throw new AppError('failed-precondition', result.message);
    return result.value;
  }

  answer({ id, result }: Extract<ToHost, { kind: 'answer' }>): void {
    this.waiting.get(id)?.(result);
    this.waiting.delete(id);
  }
}
