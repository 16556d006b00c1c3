import { beforeEach, describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { PhotoFinder } from '@main/store/photo-finder';
import { parseSearch } from '@main/store/search-terms';
import type { Store } from '@main/store/store';
import type { GroupId } from '@shared/model/ids';

import { smallStore } from '../../../helpers/small-store';

const photos: [path: string, takenAt: string | null, camera: string | null][] = [
  ['Rome/IMG_0231.jpg', '2023-05-14T18:21:07+02:00', 'Canon EOS 80D'],
  ['Rome/IMG_0232.jpg', '2023-05-02T09:00:00', 'Canon EOS 80D'],
  ['Café/DSC00231.jpg', '2022-05-20T12:00:00', 'SONY ILCE-7M3'],
  ['scans/2023 letters.png', null, null],
  ['scans/x1.png', '2021-12-31T23:59:59', null],
  ['b.jpg', '2020-01-01T00:00:00', 'Fujifilm X-T30'],
];

describe('what a person types', () => {
  it.each([
    ['2023', '2023'],
    ['2023-05', '2023-05'],
    ['2023/5/2', '2023-05-02'],
    ['14.5.2023', '2023-05-14'],
    ['5/2023', '2023-05'],
    ['May 2023', '2023-05'],
    ['may 14, 2023', '2023-05-14'],
    ['14th May 2023', '2023-05-14'],
    ['2023 Dec', '2023-12'],
  ])('%s is a date', (text, prefix) => {
    expect(parseSearch(text)).toMatchObject([{ datePrefix: prefix }]);
  });

  it('may name months in the language of the person', () => {
    expect(parseSearch('März 2021', 'de')).toMatchObject([{ datePrefix: '2021-03' }]);
    expect(parseSearch('août', 'fr')).toMatchObject([{ month: '08' }]);
  });

  it.each(['IMG_2023', '2023-13', '31', 'marble', '12345'])('%s is no date', (text) => {
    expect(parseSearch(text)).toEqual([{ words: [text.toLowerCase()], datePrefix: null, month: null }]);
  });

  it('is several things that all have to hold', () => {
    expect(parseSearch('Rome May 2023 canon')).toEqual([
      { words: ['rome'], datePrefix: null, month: null },
      { words: ['may', '2023'], datePrefix: '2023-05', month: null },
      { words: ['canon'], datePrefix: null, month: null },
    ]);
  });
});

describe('finding photos', () => {
  let store: Store;
  let photoIds: number[];
  let groupIds: string[];
  const paths = (ids: number[]): string[] => ids.map((id) => photos[photoIds.indexOf(id)]![0]);
  const find = (
    search: string,
    sort: 'oldest' | 'newest' | 'name' | 'added' | 'unsure' | 'typical' = 'oldest',
  ): string[] => paths(new PhotoFinder(store.db).ids({ place: { kind: 'all' }, search, sort }));

  beforeEach(() => {
    ({ store, photoIds, groupIds } = smallStore({ numPhotos: photos.length, groupSize: 3, numUnsorted: 1 }));
    const update = store.db.prepare('UPDATE photos SET path = ?, taken_at = ?, camera = ? WHERE id = ?');
    photos.forEach((photo, index) => update.run(...photo, photoIds[index]));
  });

  it('goes by any part of a file or folder name, whatever accents and case', () => {
    expect(find('0231')).toEqual(['Café/DSC00231.jpg', 'Rome/IMG_0231.jpg']);
    expect(find('cafe')).toEqual(['Café/DSC00231.jpg']);
    expect(find('ROME 0232')).toEqual(['Rome/IMG_0232.jpg']);
    expect(find('x1')).toEqual(['scans/x1.png']);
    expect(find('nothing like it')).toEqual([]);
  });

  it('goes by camera, and by date or a name that holds the same digits', () => {
    expect(find('sony')).toEqual(['Café/DSC00231.jpg']);
    expect(find('x-t30')).toEqual(['b.jpg']);
    expect(find('May 2023')).toEqual(['Rome/IMG_0232.jpg', 'Rome/IMG_0231.jpg']);
    expect(find('2023')).toEqual(['Rome/IMG_0232.jpg', 'Rome/IMG_0231.jpg', 'scans/2023 letters.png']);
    expect(find('may')).toEqual(['Café/DSC00231.jpg', 'Rome/IMG_0232.jpg', 'Rome/IMG_0231.jpg']);
    expect(find('2021-12-31')).toEqual(['scans/x1.png']);
  });

  it('goes by the name of their group, also after a move and an undo', () => {
    const edits = new GroupEdits(store);
    edits.rename(groupIds[0]!, 'Wedding');
    expect(find('wedding')).toHaveLength(3);
    edits.move([photoIds[4]!], groupIds[0]!);
    expect(find('wedding')).toContain('scans/x1.png');
    edits.undo();
    expect(find('wedding png')).toEqual([]);
  });

  it('takes what is typed as it is', () => {
    for (const text of ['"', '%', '_', 'a"b', '*', 'AND', 'img_0', "'; DROP TABLE photos"])
      expect(() => find(text)).not.toThrow();
    expect(find('%%')).toEqual([]);
    expect(find('"rome"')).toEqual([]);
  });

  it('sorts by date, file name, certainty and arrival', () => {
    expect(find('', 'newest')[0]).toBe('Rome/IMG_0231.jpg');
    expect(find('', 'newest').at(-1)).toBe('scans/2023 letters.png');
    expect(find('', 'oldest')).toEqual(
      find('', 'newest')
        .toReversed()
        .toSorted((a, b) => Number(a.includes('letters')) - Number(b.includes('letters'))),
    );
    expect(find('', 'name').map((path) => path.split('/').at(-1))).toEqual([
      '2023 letters.png',
      'b.jpg',
      'DSC00231.jpg',
      'IMG_0231.jpg',
      'IMG_0232.jpg',
      'x1.png',
    ]);
    expect(find('', 'added')).toEqual(photos.map(([path]) => path).toReversed());
    expect(find('', 'unsure')).toEqual(photos.map(([path]) => path).toReversed());
  });

  it('pages inside a place, and never answers from before an edit', () => {
    const finder = new PhotoFinder(store.db);
    const wanted = { place: { kind: 'group', groupId: groupIds[0] as GroupId }, search: '', sort: 'added' } as const;
    const before = finder.page(wanted, 1, 2, store.library.revision);
    expect(before.total).toBe(3);
    expect(before.photos.map(({ id }) => id)).toEqual([photoIds[1], photoIds[0]]);
    expect(before.photos[0]).toMatchObject({ name: 'IMG_0232.jpg', isPlaced: false, stackSize: 1 });
    new GroupEdits(store).move([photoIds[2]!], groupIds[1]!);
    expect(finder.page(wanted, 0, 5, store.library.revision).total).toBe(2);
  });

  it('forgets a photo that is gone, and knows one whose name changed', () => {
    store.db.prepare('UPDATE photos SET path = ? WHERE id = ?').run('Paris/tower.jpg', photoIds[0]);
    expect(find('rome img')).toEqual(['Rome/IMG_0232.jpg']);
    expect(new PhotoFinder(store.db).ids({ place: { kind: 'all' }, search: 'tower', sort: 'name' })).toEqual([
      photoIds[0],
    ]);
    store.db.prepare('UPDATE photos SET is_missing = 1 WHERE id = ?').run(photoIds[0]);
    expect(new PhotoFinder(store.db).ids({ place: { kind: 'all' }, search: 'tower', sort: 'name' })).toEqual([]);
  });
});
