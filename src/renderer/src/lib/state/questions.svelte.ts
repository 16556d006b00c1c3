import type { JournalId } from '@shared/model/ids';
import type { ReviewAnswer, ReviewQuestion } from '@shared/model/teach';

import type { AppState } from './app.svelte';

/** Few at a time: every answer changes what is worth asking next. */
const NUM_AHEAD = 2;

/** The queue of questions, the most telling first. */
export class Questions {
  current = $state.raw<ReviewQuestion | null>(null);
  numOpen = $state(0);
  isLoaded = $state(false);
  isBusy = $state(false);
  #answers = $state.raw<JournalId[]>([]);
  /** Answers of this sitting that were not undone. */
  readonly numAnswered: number = $derived.by(() => {
    const { entries } = this.app.history.history;
    return entries.filter(({ id, isUndone }) => !isUndone && this.#answers.includes(id)).length;
  });
  /** The state of the library that the questions are about. */
  #revision = -1;

  constructor(private readonly app: AppState) {}

  async load(): Promise<void> {
    this.#revision = this.app.groups.list.revision;
    try {
      const { questions, numOpen } = await this.app.client.call('question.list', { limit: NUM_AHEAD });
      this.current = questions[0] ?? null;
      this.numOpen = numOpen;
    } catch {
      // Without a queue the unsure photos are asked about one by one.
      this.current = null;
    }
    this.isLoaded = true;
  }

  /** Asks anew where something changed beside the queue: an answer that was undone is a question again. */
  async follow(revision: number): Promise<void> {
    if (this.isLoaded && !this.isBusy && revision !== this.#revision) await this.load();
  }

  async answer(answer: ReviewAnswer): Promise<void> {
    if (!this.current || this.isBusy) return;
    this.isBusy = true;
    const entry = await this.app.edits.answer(this.current.key, answer);
    if (entry) this.#answers = [...this.#answers, entry.id];
    await this.load();
    this.isBusy = false;
  }
}
