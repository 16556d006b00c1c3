/* eslint-disable svelte/prefer-svelte-reactivity -- Names are replaced whole. */
import type { SplitPreview } from '@shared/model/group';
import type { GroupId, PhotoId } from '@shared/model/ids';

import { errorText } from '../error-text';
import type { AppState } from './app.svelte';

/** How a group would come apart, while the person tries it. Nothing changes before {@link accept}. */
export class SplitState {
  /** By look alone, or around the photos that were chosen. */
  mode = $state<'look' | 'chosen'>('look');
  /** Null: as many as the photos suggest. */
  numParts = $state<number | null>(null);
  preview = $state.raw<SplitPreview | null>(null);
  isPlanning = $state(false);
  error = $state<string | null>(null);
  /** The part that stays the group. */
  keeperIndex = $state(0);
  names = $state.raw<ReadonlyMap<number, string>>(new Map());
  readonly shownParts: number = $derived.by(() => this.numParts ?? this.preview?.suggestedParts ?? 2);
  #plan: AbortController | null = null;

  constructor(
    private readonly app: AppState,
    readonly groupId: GroupId,
    readonly seedPhotoIds: readonly PhotoId[] | null,
  ) {
    this.mode = seedPhotoIds ? 'chosen' : 'look';
    void this.load();
  }

  setMode(mode: 'look' | 'chosen'): void {
    this.mode = mode;
    void this.load();
  }

  setNumParts(numParts: number): void {
    this.numParts = numParts;
    void this.load();
  }

  setName(part: number, name: string): void {
    this.names = new Map(this.names).set(part, name);
  }

  /** Asks for the parts; an answer that a newer question overtook is dropped. */
  async load(): Promise<void> {
    this.#plan?.abort();
    const plan = new AbortController();
    this.#plan = plan;
    this.isPlanning = true;
    try {
      const seedPhotoIds = this.mode === 'chosen' && this.seedPhotoIds ? [...this.seedPhotoIds] : null;
      const input = { groupId: this.groupId, numParts: this.numParts, seedPhotoIds };
      const preview = await this.app.client.call('group.splitPreview', input, { signal: plan.signal });
      if (plan.signal.aborted) return;
      if (preview.parts.length !== this.preview?.parts.length) this.keeperIndex = 0;
      this.preview = preview;
      this.error = null;
    } catch (error) {
      if (plan.signal.aborted) return;
      this.error = errorText(error);
    }
    this.isPlanning = false;
  }

  /** Does what is shown. @returns Whether it was done. */
  async accept(): Promise<boolean> {
    if (!this.preview || this.isPlanning) return false;
    const parts = this.preview.parts.map(({ photoIds }, index) => ({
      name: this.names.get(index)?.trim() || null,
      photoIds,
    }));
    const [keeper] = parts.splice(this.keeperIndex, 1);
    return this.app.edits.split(this.groupId, [keeper!, ...parts]);
  }

  dispose(): void {
    this.#plan?.abort();
  }
}
