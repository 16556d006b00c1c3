import { placeByVotes } from '../../scan/after/place-by-votes';
import { filterNeighbors } from '../../scan/neighbors';
import type { Placement } from '../../store/placements';
import type { Store } from '../../store/store';
import { bestAllowed, type Taught } from '../../teach/teach';
import type { Compared } from './compare-new';

export type Place = Omit<Placement, 'photoId'>;

export interface NewUnits {
  store: Store;
  seed: number;
  /** What the run that is shown placed. */
  before: ReadonlyMap<number, Placement>;
  /** The group of each row of its head. */
  rowGroupIds: readonly string[];
  compared: Compared;
  taught: Taught;
  isNew: (unitId: number) => boolean;
}

/**
 * Where new units go by what the head and their neighbours say, in Unsorted where nothing supports any group; and which units, old ones
 * included, are then in no group without the person having said so.
 */
export function voteOnNew(all: NewUnits): { placeOf: (unitId: number) => Place; isLeft: (unit: number) => boolean } {
  const { compared, taught, isNew, rowGroupIds } = all;
  const { unitIds, vectors, lists } = compared;
  const { members, current, probs, groupIds } = taught;
  const numNeighbors = Math.floor(lists.numNeighbors / 2);
  // What is not there any more has no vote.
  const indices = lists.indices.map((unit) => (unit >= 0 && members[unit]!.length > 0 ? unit : -1));
  const { labels, confidences } = placeByVotes({
    ...{ probs, numGroups: groupIds.length, labels: current, numNeighbors },
    neighbors: { ...lists, indices },
    newPhotos: [...unitIds.keys()].filter((unit) => members[unit]!.length > 0 && isNew(unitIds[unit]!)),
    isAllowed: (unit, group) => taught.lessons.refused.get(unit)?.has(groupIds[group]!) !== true,
    trusted: filterNeighbors({ neighbors: lists, numNeighbors, vectors, seed: all.seed }),
  });
  const indexByUnitId = new Map(unitIds.map((id, unit) => [id, unit]));
  const placeOf = (unitId: number): Place => {
    const unit = indexByUnitId.get(unitId)!;
    const confidence = confidences[unit]!;
    const groupId = groupIds[labels[unit]!];
    if (groupId === undefined) {
      // Unsorted photos lie beside those of the group they are nearest to.
      const nearest = rowGroupIds.indexOf(groupIds[bestAllowed(taught, unit)] ?? '');
      return { groupId: null, confidence, typicality: -nearest - 1 + confidence / 2 };
    }
    const like = companion(all, unit, groupId);
    return { groupId: like?.groupId ?? groupId, confidence, typicality: confidence, leaf: like?.leaf ?? null };
  };
  return { placeOf, isLeft: (unit) => labels[unit]! < 0 && !taught.isPlaced[unit] && members[unit]!.length > 0 };
}

/** The nearest photo that the run itself put where a new one goes: with it, it moves when the detail changes. */
function companion({ store, before, compared }: NewUnits, unit: number, groupId: string): Placement | undefined {
  const { unitIds, lists } = compared;
  for (const other of lists.indices.subarray(unit * lists.numNeighbors, (unit + 1) * lists.numNeighbors)) {
    const placement = other < 0 ? undefined : before.get(unitIds[other]!);
    if (placement?.leaf != null && isPlain(store, placement.photoId, groupId)) return placement;
  }
  return undefined;
}

/** The place of a photo that was there before, for a copy of it or another shot of its burst. */
export function placeBeside({ store, before }: Pick<NewUnits, 'store' | 'before'>, photoId: number): Place {
  const shown = store.memberships.of(photoId)!;
  const { groupId, confidence, typicality, leaf } = before.get(photoId)!;
  if (isPlain(store, photoId, shown.group_id)) return { groupId, confidence, typicality, leaf };
  return { groupId: shown.group_id, confidence: shown.confidence, typicality, leaf: null };
}

/** Whether a photo is shown in a group because a run put it there, and not by anything the person said of it. */
function isPlain(store: Store, photoId: number, groupId: string | null): boolean {
  const shown = store.memberships.of(photoId);
  return shown?.group_id === groupId && groupId !== null && shown.is_placed === 0 && shown.is_accepted === 0;
}
