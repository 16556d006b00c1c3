import { readCorrections } from '../store/corrections';
import type { Store } from '../store/store';
import type { TeachModel } from './teach-model';

/** Lessons about units, with groups by id. What was said of pairs is among them: it placed or refused photos when it was said. */
export interface UnitLessons {
  /** The group that the person put a unit into. */
  placed: Map<number, string>;
  /** Groups that a unit is not in. */
  refused: Map<number, Set<string>>;
  /** Units that the person let follow a correction. */
  accepted: Map<number, string>;
}

/** What was said, and what was let follow from it, of the units that a model knows. */
export function readUnitLessons(store: Store, model: TeachModel): UnitLessons {
  const unitOf = unitFinder(store, model);
  const { placed: overrides, rejected } = readCorrections(store.db);
  const placed = new Map<number, string>();
  for (const { photoId, groupId } of overrides) {
    const unit = unitOf(photoId);
    if (unit !== undefined) placed.set(unit, groupId);
  }
  const refused = new Map<number, Set<string>>();
  for (const { photoId, groupId } of rejected) {
    const unit = unitOf(photoId);
    if (unit === undefined || placed.get(unit) === groupId) continue;
    refused.set(unit, (refused.get(unit) ?? new Set()).add(groupId));
  }
  const accepted = new Map<number, string>();
  for (const { photoId, groupId } of acceptedMoves(store)) {
    const unit = unitOf(photoId);
    if (unit !== undefined && !placed.has(unit)) accepted.set(unit, groupId);
  }
  return { placed, refused, accepted };
}

/** Finds the unit of a photo; undefined for one that the model does not know. */
export function unitFinder(store: Store, { indexByUnitId }: TeachModel): (photoId: number) => number | undefined {
  const unitIdByPhotoId = new Map(
    store.db
      .prepare<[], { id: number; unit: number }>(
        'SELECT id, unit_photo_id AS unit FROM photos WHERE unit_photo_id IS NOT NULL AND unit_photo_id <> id',
      )
      .all()
      .map(({ id, unit }) => [id, unit]),
  );
  return (photoId) => indexByUnitId.get(photoId) ?? indexByUnitId.get(unitIdByPhotoId.get(photoId) ?? -1);
}

function acceptedMoves(store: Store): { photoId: number; groupId: string }[] {
  return store.db
    .prepare<[], { photoId: number; groupId: string }>(
      `SELECT photo_id AS photoId, group_id AS groupId FROM memberships WHERE is_accepted = 1 ORDER BY photo_id`,
    )
    .all();
}
