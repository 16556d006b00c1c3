/**
 * @file The smallest parts that the detail slider can show. [Note: Leaves]
 *
 * The tournament's winner knows its groups but, trained for ten, cannot show twenty. The over-clustering knows finer parts but not
 * these groups. A leaf is a fine cluster inside a group: p(leaf) = p(group)·p(fine | fine is in this group). Leaves of a group add
 * up to the group exactly, so the default view is the winner's own, and more detail splits its groups along the fine clusters.
 */
import { argmaxRows } from './probs';

export interface Leaves {
  numLeaves: number;
  /** Shape: [N]; −1 for none. */
  leafByPhoto: Int32Array;
  /** Shape: [N, L]. */
  probs: Float32Array;
}

/**
 * Splits groups along fine clusters.
 *
 * @param groupProbs Shape: [N, G].
 * @param fine Probabilities of the over-clustering. Shape: [N, O].
 * @param minSize A leaf with fewer photos is no leaf; a group always has one.
 */
export function growLeaves(
  groupProbs: Float32Array,
  numGroups: number,
  fine: { probs: Float32Array; numClusters: number },
  minSize: number,
): Leaves & { groupByLeaf: Int32Array } {
  const groups = argmaxRows(groupProbs, numGroups);
  const numFine = fine.numClusters;
  const fineByPhoto = argmaxRows(fine.probs, numFine);
  const sizes = new Int32Array(numGroups * numFine);
  groups.forEach((group, photo) => sizes[group * numFine + fineByPhoto[photo]!]!++);
  const found: { group: number; fine: number }[] = [];
  for (let group = 0; group < numGroups; group++) {
    const sizesHere = sizes.subarray(group * numFine, (group + 1) * numFine);
    const largest = sizesHere.indexOf(Math.max(...sizesHere));
    for (let cluster = 0; cluster < numFine; cluster++) {
      if (cluster === largest || sizesHere[cluster]! >= minSize) found.push({ group, fine: cluster });
    }
  }
  const numLeaves = found.length;
  const probs = new Float32Array(groups.length * numLeaves);
  const leafByPhoto = new Int32Array(groups.length).fill(-1);
  const massByGroup = new Float64Array(numGroups);
  for (let photo = 0; photo < groups.length; photo++) {
    massByGroup.fill(0);
    // The small constant shares a group evenly where the photo fits none of its parts.
    found.forEach(({ group, fine: cluster }, leaf) => {
      const share = fine.probs[photo * numFine + cluster]! + 1e-6;
      probs[photo * numLeaves + leaf] = share;
      massByGroup[group]! += share;
    });
    found.forEach(({ group }, leaf) => {
      const at = photo * numLeaves + leaf;
      probs[at]! *= groupProbs[photo * numGroups + group]! / massByGroup[group]!;
      if (group !== groups[photo]) return;
      const best = leafByPhoto[photo]!;
      if (best < 0 || probs[at]! > probs[photo * numLeaves + best]!) leafByPhoto[photo] = leaf;
    });
  }
  return { numLeaves, leafByPhoto, probs, groupByLeaf: Int32Array.from(found, ({ group }) => group) };
}
