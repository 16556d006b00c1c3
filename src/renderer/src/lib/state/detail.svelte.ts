import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { DetailView } from '@shared/model/group';
import type { JournalId } from '@shared/model/ids';

/** The slider between few big groups and many small ones: it follows the hand at once, the groups as fast as the host answers. */
export class DetailState {
  view = $state.raw<DetailView | null>(null);
  /** Where the hand has put the slider, while the groups are on their way. */
  #wantedIndex = $state<number | null>(null);
  #isMoving = false;
  /** What the drag has written so far: the host makes one step of it. */
  #dragEntry: JournalId | null = null;
  #isLetGo = false;

  readonly shownIndex = $derived(this.#wantedIndex ?? this.view?.stopIndex ?? 0);

  constructor(
    private readonly client: Client<AppContract>,
    /** Shows a detail; null where that failed. */
    private readonly show: (detail: number, continues: JournalId | null) => Promise<JournalId | null>,
  ) {}

  async load(): Promise<void> {
    this.view = await this.client.call('group.detail', {});
  }

  /** Shows a stop. One change at a time; of those that come meanwhile only the last is made. */
  async moveTo(stopIndex: number): Promise<void> {
    this.#wantedIndex = stopIndex;
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      let made: number | null = null;
      while (this.#wantedIndex !== null && this.#wantedIndex !== made) {
        made = this.#wantedIndex;
        const stop = this.view?.stops[made];
        if (!stop) return;
        this.#dragEntry = await this.show(stop.detail, this.#dragEntry);
        if (this.#dragEntry === null) return;
      }
    } finally {
      this.#isMoving = false;
      this.#wantedIndex = null;
      if (this.#isLetGo) this.letGo();
    }
  }

  /** The hand has left the slider: what it does next is another step. */
  letGo(): void {
    this.#isLetGo = this.#isMoving;
    if (!this.#isMoving) this.#dragEntry = null;
  }

  clear(): void {
    this.view = null;
  }
}
