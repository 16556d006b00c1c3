import type { Place } from '@shared/model/group';
import type { PhotoSort } from '@shared/model/photo';

/** What a grid of photos shows: a place of the library, or what was found. */
export type ShownPlace = Place | { kind: 'search'; query: string };

/** The order photos come in unless the person asks for another: what `group.photos` answers. */
export function usualSort(place: ShownPlace): PhotoSort {
  if (place.kind === 'search') return 'newest';
  return place.kind === 'unsure' ? 'unsure' : 'typical';
}

/** The orders a person can choose from, the usual one first. */
export function sortsFor(place: ShownPlace): PhotoSort[] {
  const usual = usualSort(place);
  const others = (['newest', 'oldest', 'name', 'unsure', 'added'] as const).filter((sort) => sort !== usual);
  return [usual, ...others];
}
