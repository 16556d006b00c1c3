import type { UnitInput } from '../../scan/units/unit-input';
import { joinUnits as findUnits } from '../../scan/units/units';
import type { Store } from '../../store/store';
import type { StageContext } from '../stage-context';
import type { Grouping } from './assign';
import type { Embedded } from './embed';
import { hashOf } from '../learning-hash';

/** Bursts and copies as one photo each. */
export interface JoinedUnits {
  /** Every photo. */
  photoIds: readonly number[];
  /** The unit of each photo, by its place among the stand-ins. Shape: [N]. */
  unitIndex: Int32Array;
  /** The photo that stands for each unit. */
  standIns: Embedded;
  /** What each unit weighs in training. Shape: [M]. */
  weights: Float32Array;
  /** Gives every photo what its stand-in got. */
  expand: (grouping: Grouping) => Grouping;
}

/** Finds which photos are the same shot, so that a burst of twenty does not look like a kind of its own. */
export function joinUnits({ store, options }: StageContext, embedded: Embedded): JoinedUnits {
  const { photoIds, contentHashes } = embedded;
  const { unitIndex, representatives, weights } = findUnits(unitInput(store, embedded), options.seed);
  const chosen = [...representatives];
  store.photos.setUnits(
    photoIds,
    photoIds.map((_, photo) => photoIds[representatives[unitIndex[photo]!]!]!),
  );
  return {
    photoIds,
    unitIndex,
    standIns: {
      ...embedded,
      photoIds: chosen.map((photo) => photoIds[photo]!),
      contentHashes: chosen.map((photo) => contentHashes[photo]!),
      inputHash: hashOf('units', embedded.inputHash, chosen.join()),
    },
    weights,
    expand: (grouping) => ({
      ...grouping,
      photoIds,
      labels: Int32Array.from(unitIndex, (unit) => grouping.labels[unit]!),
      confidences: Float32Array.from(unitIndex, (unit) => grouping.confidences[unit]!),
      typicality: Float32Array.from(unitIndex, (unit) => grouping.typicality[unit]!),
      ...(grouping.parts && {
        parts: { ...grouping.parts, leaves: Int32Array.from(unitIndex, (unit) => grouping.parts!.leaves[unit]!) },
      }),
    }),
  };
}

/** What tells which photos are one shot. */
export function unitInput(store: Store, { photoIds, contentHashes, trunkId }: Embedded): UnitInput {
  const width = store.embeddings.width(trunkId) ?? 0;
  const photos = photoIds.map((photoId) => store.photos.get(photoId)!);
  return {
    contentHashes,
    perceptualHashes: photos.map((photo) => photo.perceptual_hash),
    takenAtMs: photos.map((photo) => photo.taken_at_ms),
    cameras: photos.map((photo) => photo.camera),
    features: {
      ...{ rows: photoIds.length, columns: width },
      values: store.embeddings.canonical(trunkId, photoIds, width),
    },
  };
}
