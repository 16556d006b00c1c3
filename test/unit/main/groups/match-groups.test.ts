import { describe, expect, it } from 'vitest';

import { matchGroups, type OldMembership } from '@main/groups/match-groups';

function old(groupId: string, from: number, to: number, isMarked = false): OldMembership[] {
  return Array.from({ length: to - from }, (_, index) => ({ photoId: from + index, groupId, isMarked }));
}

function clusters(...sizes: number[]): Map<number, number> {
  const found = new Map<number, number>();
  let photoId = 0;
  sizes.forEach((size, cluster) => {
    for (let index = 0; index < size; index++) found.set(photoId++, cluster);
  });
  return found;
}

describe('matchGroups', () => {
  it('continues every group when the clusters are the same in another order', () => {
    const found = new Map([...clusters(10, 20)].map(([photoId, cluster]) => [photoId, 1 - cluster]));
    expect(matchGroups([...old('a', 0, 10), ...old('b', 10, 30)], found, 2).map((match) => match.groupId)).toEqual([
      'b',
      'a',
    ]);
  });

  it('keeps a group at its largest part when it falls apart, and says where the rest came from', () => {
    expect(matchGroups(old('a', 0, 30), clusters(20, 10), 2)).toEqual([
      { groupId: 'a', splitFrom: null },
      { groupId: null, splitFrom: 'a' },
    ]);
  });

  it('gives a cluster of two old groups to the marked one', () => {
    const matched = matchGroups([...old('a', 0, 11), ...old('b', 11, 21, true)], clusters(21), 1);
    expect(matched).toEqual([{ groupId: 'b', splitFrom: null }]);
  });

  it('makes a new group of photos that nobody had', () => {
    expect(matchGroups(old('a', 100, 120), clusters(10), 1)).toEqual([{ groupId: null, splitFrom: null }]);
  });

  it('does not continue a group by a sliver of it', () => {
    expect(matchGroups(old('a', 0, 100), clusters(10), 1)[0]!.groupId).toBeNull();
  });

  it('has an answer for no old groups and for no clusters', () => {
    expect(matchGroups([], clusters(3), 1)).toEqual([{ groupId: null, splitFrom: null }]);
    expect(matchGroups(old('a', 0, 3), new Map(), 0)).toEqual([]);
  });
});
