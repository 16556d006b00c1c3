import type { Grouping } from './assign';

/** Every photo in Unsorted. */
export function ungrouped(photoIds: readonly number[]): Grouping {
  return {
    photoIds,
    labels: new Int32Array(photoIds.length).fill(-1),
    numGroups: 0,
    confidences: new Float32Array(photoIds.length),
    typicality: new Float32Array(photoIds.length),
  };
}
