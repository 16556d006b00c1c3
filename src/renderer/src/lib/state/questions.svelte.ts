import type { ReviewAnswer, ReviewQuestion } from '@shared/model/teach';

import type { AppState } from './app.svelte';

/** Few at a time: every answer changes what is worth asking next. */
const NUM_AHEAD = 2;

/** The queue of questions, the most telling first. */
export class Questions {
  current = $state.raw<ReviewQuestion | null>(null);
  numOpen = $state(0);
  numAnswered = $state(0);
  isLoaded = $state(false);
  isBusy = $state(false);

  constructor(private readonly app: AppState) {}

  async load(): Promise<void> {
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

  async answer(answer: ReviewAnswer): Promise<void> {
    if (!this.current || this.isBusy) return;
    this.isBusy = true;
    if (await this.app.edits.answer(this.current.key, answer)) this.numAnswered++;
    await this.load();
    this.isBusy = false;
  }
}
