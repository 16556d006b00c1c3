import type { PairConstraint } from '../store/pair-constraints';

interface Placed {
  photoId: number;
  groupId: string | null;
  confidence: number;
}

/**
 * Sends a photo to Unsorted that a run would put into one group with a photo the person called different: the less certain of the two,
 * never one that the person placed.
 *
 * @param decided Where the person put photos, whatever the run finds.
 */
export function keepApart<T extends Placed>(
  placements: readonly T[],
  pairs: readonly PairConstraint[],
  decided: ReadonlyMap<number, string | null>,
): T[] {
  const byPhotoId = new Map(placements.map((placement) => [placement.photoId, placement]));
  const groupOf = (photoId: number): string | null =>
    decided.has(photoId) ? decided.get(photoId)! : (byPhotoId.get(photoId)?.groupId ?? null);
  for (const { kind, photoId, otherPhotoId } of pairs) {
    const groupId = groupOf(photoId);
    if (kind !== 'apart' || groupId === null || groupId !== groupOf(otherPhotoId)) continue;
    const movable = [photoId, otherPhotoId].filter((id) => !decided.has(id)).map((id) => byPhotoId.get(id)!);
    const [least] = movable.sort((a, b) => a.confidence - b.confidence || b.photoId - a.photoId);
    if (least) byPhotoId.set(least.photoId, { ...least, groupId: null });
  }
  return placements.map(({ photoId }) => byPhotoId.get(photoId)!);
}
