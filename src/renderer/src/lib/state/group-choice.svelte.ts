/* eslint-disable svelte/prefer-svelte-reactivity -- Built and dropped inside one computation. */
import type { GroupSummary } from '@shared/model/group';
import type { GroupId } from '@shared/model/ids';

import { fold, matches } from './arrange-groups';

/** A line of the list: a group, or the offer to make a new one. */
export type Choice = { kind: 'group'; group: GroupSummary } | { kind: 'new'; name: string };

const MAX_SHOWN = 50;

/**
 * Choosing a group by typing. A name that exists always comes before making a new one, and the new one is never the line that
 * Enter takes unless the person moved to it: a typing error must not make a group.
 */
export class GroupChoice {
  text = $state('');
  /** The line the arrow keys are on; null until they are used. */
  #steppedTo = $state<number | null>(null);

  readonly choices: Choice[] = $derived.by(() => {
    const text = this.text.trim();
    const groups = this.#candidates().filter(
      (group) => matches(group.name, text) && (group.name !== null || text === ''),
    );
    const rank = (group: GroupSummary): number => {
      const name = fold(group.name ?? '');
      if (name === fold(text)) return 0;
      return name.startsWith(fold(text)) ? 1 : 2;
    };
    const sorted = text === '' ? groups : [...groups].sort((a, b) => rank(a) - rank(b));
    const lines: Choice[] = sorted.slice(0, MAX_SHOWN).map((group) => ({ kind: 'group', group }));
    const isTaken = sorted.some((group) => fold(group.name ?? '') === fold(text));
    if (this.canCreate && text !== '' && !isTaken) lines.push({ kind: 'new', name: text });
    return lines;
  });

  /** The highlighted line. Without arrow keys: the first group that was typed towards, never the offer of a new one. */
  readonly activeIndex: number = $derived.by(() => {
    if (this.#steppedTo !== null) return Math.min(this.#steppedTo, this.choices.length - 1);
    return this.text.trim() !== '' && this.choices[0]?.kind === 'group' ? 0 : -1;
  });

  readonly active: Choice | null = $derived(this.choices[this.activeIndex] ?? null);

  constructor(
    private readonly groups: () => readonly GroupSummary[],
    private readonly exceptId: GroupId | null,
    private readonly recentIds: () => readonly GroupId[],
    readonly canCreate: boolean,
  ) {}

  type(text: string): void {
    this.text = text;
    this.#steppedTo = null;
  }

  step(by: 1 | -1): void {
    const count = this.choices.length;
    if (count === 0) return;
    const from = this.activeIndex < 0 && by < 0 ? 0 : this.activeIndex;
    this.#steppedTo = (from + by + count) % count;
  }

  point(index: number): void {
    this.#steppedTo = index;
  }

  /** Recent groups first, then as the list has them. */
  #candidates(): GroupSummary[] {
    const rankById = new Map(this.recentIds().map((id, rank) => [id, rank]));
    return this.groups()
      .filter((group) => group.id !== this.exceptId)
      .sort((a, b) => (rankById.get(a.id) ?? Infinity) - (rankById.get(b.id) ?? Infinity) || 0);
  }
}
