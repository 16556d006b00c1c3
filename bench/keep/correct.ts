/**
 * @file A person who corrects a tenth of the photos, by a rule from a seed, with the program's own edits. What lies wrong is moved or taken out
 * first, then whatever the seed picks; new groups and parts are photos that look alike.
 */
import { GroupEdits } from '@main/groups/edit-groups';
import type { Random } from '@shared/random';
import type { Store } from '@main/store/store';

/** What the person wants to find again. */
export interface Corrections {
  /** The group of each photo that was moved, split off, made a group of or confirmed; null: it was taken out. */
  placed: Map<number, string | null>;
  rejected: { photoId: number; groupId: string }[];
  /** Photos of groups that were merged, with the group that they became. */
  merged: Map<number, string>;
  named: Set<string>;
  /** Where all photos were shown when the person was done. */
  shown: Map<number, string | null>;
}

const SHARES = { moved: 0.04, removed: 0.02, split: 0.02, made: 0.02 };
const NUM_NAMED = 4;

/** Moves, removes, splits, merges, makes and names groups. */
export function correctByRule(store: Store, random: Random, classOf: (photoId: number) => string): Corrections {
  const edits = new GroupEdits(store);
  const numOf = (share: number): number => Math.round(share * store.memberships.all().length);
  const touched = new Set<number>();
  const take = (from: readonly number[], count: number): number[] => {
    const free = shuffled(
      random,
      from.filter((id) => !touched.has(id)),
    ).slice(0, count);
    free.forEach((id) => touched.add(id));
    return free;
  };
  const groupIds = (): string[] => store.memberships.list(0).groups.map(({ id }) => id);
  const pick = (ids: readonly string[]): string => ids[random.int(ids.length)]!;
  const rejected: Corrections['rejected'] = [];

  shuffled(random, groupIds())
    .slice(0, NUM_NAMED)
    .forEach((id, index) => edits.rename(id, `Named ${index + 1}`));
  const homes = homeByClass(store, classOf);
  const wrong = store.memberships.all().filter((row) => homes.get(classOf(row.photo_id)) !== row.group_id);
  const toMove = take(
    wrong.map((row) => row.photo_id),
    numOf(SHARES.moved),
  );
  for (const id of toMove) edits.move([id], homes.get(classOf(id)) ?? pick(groupIds()));
  const inGroups = (): number[] =>
    store.memberships.all().flatMap((row) => (row.group_id === null ? [] : [row.photo_id]));
  for (const id of take(inGroups(), numOf(SHARES.moved) - toMove.length)) edits.move([id], pick(groupIds()));
  const astray = inGroups().filter((id) => homes.get(classOf(id)) !== store.memberships.of(id)!.group_id);
  const toRemove = take(astray, numOf(SHARES.removed));
  for (const id of [...toRemove, ...take(inGroups(), numOf(SHARES.removed) - toRemove.length)]) {
    rejected.push({ photoId: id, groupId: store.memberships.of(id)!.group_id! });
    edits.remove([id]);
  }
  const takeAlike = (from: readonly number[], count: number): number[] =>
    take(
      nearestTo(
        store,
        from[random.int(from.length)]!,
        from.filter((id) => !touched.has(id)),
        count,
      ),
      count,
    );
  const large = store.memberships.list(0).groups[random.int(3)]!.id;
  const apart = takeAlike([...store.memberships.idsOf(large)], numOf(SHARES.split));
  const rest = take(
    [...store.memberships.idsOf(large)].filter((id) => !apart.includes(id)),
    2,
  );
  edits.split(large, [
    { name: null, photoIds: rest },
    { name: 'Split off', photoIds: apart },
  ]);
  edits.create('Made by hand', takeAlike(inGroups(), numOf(SHARES.made)));
  // Two that nobody named: a name would keep them by itself.
  const unnamed = store.memberships.list(0).groups.filter(({ name }) => name === null);
  const [source, target] = shuffled(
    random,
    unnamed.map(({ id }) => id),
  );
  const merged = new Map<number, string>();
  if (source && target) {
    edits.merge(source, target);
    for (const id of store.memberships.idsOf(target)) merged.set(id, target);
  }
  const all = store.memberships.all();
  return {
    placed: new Map(all.filter((row) => row.is_placed === 1).map((row) => [row.photo_id, row.group_id])),
    ...{ rejected, merged },
    named: new Set(store.memberships.list(0).groups.flatMap(({ id, name }) => (name === null ? [] : [id]))),
    shown: new Map(all.map((row) => [row.photo_id, row.group_id])),
  };
}

/** The photos that look most like one of them. */
function nearestTo(store: Store, photoId: number, among: readonly number[], count: number): number[] {
  const featureModelId = store.learned.latestFeatureModelId()!;
  const center = store.learned.vector(featureModelId, photoId);
  const likeness = new Map(
    among.map((id) => {
      const vector = store.learned.vector(featureModelId, id);
      return [id, vector && center ? vector.reduce((sum, value, d) => sum + value * center[d]!, 0) : -1];
    }),
  );
  return [...among].sort((a, b) => likeness.get(b)! - likeness.get(a)! || a - b).slice(0, count);
}

/** The group that most photos of each class are in. */
function homeByClass(store: Store, classOf: (photoId: number) => string): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { photo_id: id, group_id: groupId } of store.memberships.all()) {
    if (groupId === null) continue;
    const ofClass = counts.get(classOf(id)) ?? new Map<string, number>();
    counts.set(classOf(id), ofClass.set(groupId, (ofClass.get(groupId) ?? 0) + 1));
  }
  return new Map([...counts].map(([name, found]) => [name, mostFrequent(found)]));
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

/** The class that most photos of each group are of. */
export function mainClasses(
  shown: ReadonlyMap<number, string | null>,
  classOf: (photoId: number) => string,
): Map<string | null, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const [id, groupId] of shown) {
    if (groupId === null) continue;
    const inGroup = counts.get(groupId) ?? new Map<string, number>();
    counts.set(groupId, inGroup.set(classOf(id), (inGroup.get(classOf(id)) ?? 0) + 1));
  }
  return new Map([...counts].map(([id, found]) => [id, mostFrequent(found)]));
}

export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const out = [...list];
  for (let at = out.length - 1; at > 0; at--) {
    const other = random.int(at + 1);
    [out[at], out[other]] = [out[other]!, out[at]!];
  }
  return out;
}
