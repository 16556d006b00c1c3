import type { GroupSummary } from '@shared/model/group';
import type { GroupId } from '@shared/model/ids';

export const groupSorts = ['suggested', 'name', 'size', 'newest', 'unsure'] as const;
export type GroupSort = (typeof groupSorts)[number];

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export interface Arrangement {
  search: string;
  sort: GroupSort;
  /** Groups in this list keep its order; new ones follow. Null sorts afresh. */
  heldOrder: readonly GroupId[] | null;
}

/** The groups to show, in order: hidden ones left out, pinned ones first, then as the person asked. */
export function arrange(groups: readonly GroupSummary[], { search, sort, heldOrder }: Arrangement): GroupSummary[] {
  const shown = groups.filter((group) => !group.isHidden && matches(group.name, search));
  const sorted = [...shown].sort(
    (a, b) => Number(b.isPinned) - Number(a.isPinned) || comparators[sort](a, b) || b.numPhotos - a.numPhotos,
  );
  if (!heldOrder) return sorted;
  const rankById = new Map(heldOrder.map((id, rank) => [id, rank]));
  return sorted.sort((a, b) => (rankById.get(a.id) ?? Infinity) - (rankById.get(b.id) ?? Infinity) || 0);
}

const comparators: Record<GroupSort, (a: GroupSummary, b: GroupSummary) => number> = {
  suggested: (a, b) => Number(b.name !== null) - Number(a.name !== null),
  name: (a, b) => Number(b.name !== null) - Number(a.name !== null) || collator.compare(a.name ?? '', b.name ?? ''),
  size: (a, b) => b.numPhotos - a.numPhotos,
  newest: (a, b) => (b.lastTakenAt ?? '').localeCompare(a.lastTakenAt ?? ''),
  unsure: (a, b) => a.confidence - b.confidence,
};

/** Every word that was typed occurs in the name, whatever the accents and case. */
export function matches(name: string | null, search: string): boolean {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const folded = fold(name ?? '');
  return words.every((word) => folded.includes(word));
}

export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Folded away: unnamed, not pinned, and tiny next to the others. A library of few or only small groups folds none. */
export function isSmall(group: GroupSummary, all: readonly GroupSummary[]): boolean {
  if (group.name !== null || group.isPinned || all.length < 12) return false;
  const largest = all.reduce((most, one) => Math.max(most, one.numPhotos), 0);
  return group.numPhotos < Math.min(12, largest * 0.1);
}
