/** @file Who belongs together by what the person said, one pair after another. */

export interface Pair {
  photoId: number;
  otherPhotoId: number;
}

/** A graph of photos, by photo. */
export type Links = ReadonlyMap<number, ReadonlySet<number>>;

export function linksOf(pairs: Iterable<Pair>): Map<number, Set<number>> {
  const links = new Map<number, Set<number>>();
  const add = (from: number, to: number): void => {
    const known = links.get(from);
    if (known) known.add(to);
    else links.set(from, new Set([to]));
  };
  for (const { photoId, otherPhotoId } of pairs) {
    add(photoId, otherPhotoId);
    add(otherPhotoId, photoId);
  }
  return links;
}

/** The sets of photos that pairs connect, each in the order of ids; photos in no pair are in none. */
export function connectedSets(pairs: Iterable<Pair>): number[][] {
  const links = linksOf(pairs);
  const seen = new Set<number>();
  const sets: number[][] = [];
  for (const start of [...links.keys()].sort((a, b) => a - b)) {
    if (seen.has(start)) continue;
    const set = [start];
    seen.add(start);
    for (const photoId of set) {
      for (const next of links.get(photoId)!) {
        if (seen.has(next)) continue;
        seen.add(next);
        set.push(next);
      }
    }
    sets.push(set.sort((a, b) => a - b));
  }
  return sets;
}

/** The shortest way from one photo to another, both included; null where there is none. */
export function pathBetween(links: Links, from: number, to: number): number[] | null {
  const cameFrom = new Map<number, number | null>([[from, null]]);
  const queue = [from];
  for (const photoId of queue) {
    if (photoId === to) {
      const path: number[] = [];
      for (let at: number | null = to; at !== null; at = cameFrom.get(at)!) path.unshift(at);
      return path;
    }
    for (const next of [...(links.get(photoId) ?? [])].sort((a, b) => a - b)) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, photoId);
      queue.push(next);
    }
  }
  return null;
}
