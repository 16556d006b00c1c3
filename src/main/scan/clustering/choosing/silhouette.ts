import { rowOf, type Matrix } from '../../math/matrix';

/** Of more photos than this a sample in equal steps is measured, each against the groups of all photos. */
const MAX_ASKED = 5000;

/**
 * How cleanly groups separate: the mean silhouette [1] under the cosine distance, (b − a) / max(a, b) with a the mean distance of a photo to
 * the others of its group and b that to the nearest other group; 0 for a photo alone in its group.
 *
 * Distances to all photos of a group need not be taken one by one: for rows of length 1 their mean is 1 − ⟨x, mean of the group⟩.
 *
 * @param vectors Rows of length 1. Shape: [N, D].
 * @param labels Group of each photo, none negative. Shape: [N].
 * @returns From −1 to 1; 0 for fewer than two groups.
 *
 * [1] Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, J. Comput. Appl. Math. 1987.
 */
export function silhouette(vectors: Matrix, labels: Int32Array, numGroups: number): number {
  const { rows, columns } = vectors;
  const sums = new Float64Array(numGroups * columns);
  const sizes = new Int32Array(numGroups);
  for (let photo = 0; photo < rows; photo++) {
    const group = labels[photo]!;
    sizes[group]!++;
    const row = rowOf(vectors, photo);
    for (let d = 0; d < columns; d++) sums[group * columns + d]! += row[d]!;
  }
  if (sizes.filter((size) => size > 0).length < 2) return 0;
  const step = Math.max(1, Math.ceil(rows / MAX_ASKED));
  let [total, asked] = [0, 0];
  for (let photo = 0; photo < rows; photo += step) {
    asked++;
    const own = labels[photo]!;
    if (sizes[own]! < 2) continue;
    const row = rowOf(vectors, photo);
    let [within, nearest] = [0, Infinity];
    for (let group = 0; group < numGroups; group++) {
      if (sizes[group] === 0) continue;
      let product = 0;
      for (let d = 0; d < columns; d++) product += row[d]! * sums[group * columns + d]!;
      if (group === own) within = (sizes[group]! - product) / (sizes[group]! - 1);
      else nearest = Math.min(nearest, 1 - product / sizes[group]!);
    }
    total += (nearest - within) / Math.max(nearest, within, Number.EPSILON);
  }
  return total / asked;
}
