/**
 * @file The smallest parts that the detail slider can show. [Note: Leaves]
 *
 * The tournament's winner knows its groups but, trained for ten, cannot show twenty. The over-clustering knows finer parts but not
 * these groups. A leaf is a fine cluster inside a group: p(leaf) = p(group)·p(fine | fine is in this group). Leaves of a group add
 * up to the group exactly, so the default view is the winner's own, and more detail splits its groups along the fine clusters.
 */
import { argmaxRows } from '../../math/probs';

export interface Leaves {
  numLeaves: number;
  /** Shape: [N]; −1 for none. */
  leafByPhoto: Int32Array;
  /** The group that each leaf is a part of. Shape: [L]. */
  groupByLeaf: Int32Array;
  /** The fine cluster that each leaf is a part of. Shape: [L]. */
  fineByLeaf: Int32Array;
}

/** Probabilities of groups and of fine clusters, which give those of leaves. */
export interface LeafSources {
  /** Shape: [N, G]. */
  groupProbs: Float32Array;
  numGroups: number;
  /** Probabilities of the over-clustering. Shape: [N, O]. */
  fineProbs: Float32Array;
  numFine: number;
}

/**
 * Splits groups along fine clusters.
 *
 * @param minSize A leaf with fewer photos is no leaf; a group always has one.
 * @returns The leaves, and their probabilities, of which 50,000 photos have 50 MB: not to be kept. Shape: [N, L].
 */
export function growLeaves(sources: LeafSources, minSize: number): { leaves: Leaves; probs: Float32Array } {
  const { groupProbs, numGroups, fineProbs, numFine } = sources;
  const groups = argmaxRows(groupProbs, numGroups);
  const fineByPhoto = argmaxRows(fineProbs, numFine);
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
  const parts = {
    numLeaves: found.length,
    groupByLeaf: Int32Array.from(found, ({ group }) => group),
    fineByLeaf: Int32Array.from(found, ({ fine }) => fine),
  };
  const probs = probsOfLeaves(sources, parts);
  const leafByPhoto = new Int32Array(groups.length).fill(-1);
  for (let photo = 0; photo < groups.length; photo++) {
    const own = photo * parts.numLeaves;
    for (let leaf = 0; leaf < parts.numLeaves; leaf++) {
      if (parts.groupByLeaf[leaf] !== groups[photo]) continue;
      const best = leafByPhoto[photo]!;
      if (best < 0 || probs[own + leaf]! > probs[own + best]!) leafByPhoto[photo] = leaf;
    }
  }
  return { leaves: { ...parts, leafByPhoto }, probs };
}

/** Shape: [N, L]. */
export function probsOfLeaves(
  { groupProbs, numGroups, fineProbs, numFine }: LeafSources,
  { numLeaves, groupByLeaf, fineByLeaf }: Omit<Leaves, 'leafByPhoto'>,
): Float32Array {
  const numPhotos = fineProbs.length / numFine;
  const probs = new Float32Array(numPhotos * numLeaves);
  const massByGroup = new Float64Array(numGroups);
  for (let photo = 0; photo < numPhotos; photo++) {
    const own = photo * numLeaves;
    massByGroup.fill(0);
    for (let leaf = 0; leaf < numLeaves; leaf++) {
      // The small constant shares a group evenly where the photo fits none of its parts.
      const share = fineProbs[photo * numFine + fineByLeaf[leaf]!]! + 1e-6;
      probs[own + leaf] = share;
      massByGroup[groupByLeaf[leaf]!]! += share;
    }
    for (let leaf = 0; leaf < numLeaves; leaf++) {
      const group = groupByLeaf[leaf]!;
      probs[own + leaf]! *= groupProbs[photo * numGroups + group]! / massByGroup[group]!;
    }
  }
  return probs;
}
