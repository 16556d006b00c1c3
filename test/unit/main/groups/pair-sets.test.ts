import { describe, expect, it } from 'vitest';

import { connectedSets, linksOf, pathBetween } from '@main/groups/pair-sets';

const pair = (photoId: number, otherPhotoId: number): { photoId: number; otherPhotoId: number } => ({
  photoId,
  otherPhotoId,
});

describe('sets of photos that belong together', () => {
  it('grow from pair to pair', () => {
    expect(connectedSets([pair(5, 9), pair(1, 2), pair(2, 7), pair(7, 3)])).toEqual([
      [1, 2, 3, 7],
      [5, 9],
    ]);
    expect(connectedSets([])).toEqual([]);
  });

  it('tell the shortest way from one to another', () => {
    const links = linksOf([pair(1, 2), pair(2, 3), pair(3, 4), pair(2, 4), pair(8, 9)]);
    expect(pathBetween(links, 1, 4)).toEqual([1, 2, 4]);
    expect(pathBetween(links, 1, 1)).toEqual([1]);
    expect(pathBetween(links, 1, 9)).toBeNull();
    expect(pathBetween(links, 1, 50)).toBeNull();
  });
});
