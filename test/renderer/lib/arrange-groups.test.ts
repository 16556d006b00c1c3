import { describe, expect, it } from 'vitest';

import type { GroupSummary } from '@shared/model/group';

import { arrange, isSmall, matches } from '@renderer/lib/state/arrange-groups';

import { FakeLibrary } from '../helpers/fake-library';

function groups(...seeds: [string | null, number][]): GroupSummary[] {
  return new FakeLibrary(seeds.map(([name, numPhotos]) => ({ name, numPhotos }))).list().groups;
}

const names = (list: readonly GroupSummary[]): (string | number)[] =>
  list.map((group) => group.name ?? group.numPhotos);

describe('the order of groups', () => {
  const list = groups(['Garden', 5], [null, 90], ['Cats', 30], [null, 12]);

  it('has named ones first, then the largest', () => {
    expect(names(arrange(list, { search: '', sort: 'suggested', heldOrder: null }))).toEqual([
      'Cats',
      'Garden',
      90,
      12,
    ]);
  });

  it('goes by size or by name', () => {
    expect(names(arrange(list, { search: '', sort: 'size', heldOrder: null }))).toEqual([90, 'Cats', 12, 'Garden']);
    expect(names(arrange(list, { search: '', sort: 'name', heldOrder: null }))).toEqual(['Cats', 'Garden', 90, 12]);
  });

  it('stays as it is while it is held, with new groups at the end', () => {
    const heldOrder = [list[3]!.id, list[0]!.id];
    const arranged = arrange(list, { search: '', sort: 'suggested', heldOrder });
    expect(arranged.slice(0, 2).map(({ id }) => id)).toEqual(heldOrder);
    expect(arranged).toHaveLength(4);
  });

  it('puts pinned ones in front and leaves hidden ones out', () => {
    const [first, ...rest] = list;
    const changed = [{ ...first!, isHidden: true }, ...rest.slice(0, -1), { ...rest.at(-1)!, isPinned: true }];
    expect(names(arrange(changed, { search: '', sort: 'suggested', heldOrder: null }))).toEqual([12, 'Garden', 90]);
  });
});

describe('the search', () => {
  it('minds neither accents nor case, and wants every word', () => {
    expect(matches('Été à Genève', 'geneve ete')).toBe(true);
    expect(matches('Été à Genève', 'geneve winter')).toBe(false);
    expect(matches(null, 'x')).toBe(false);
    expect(matches(null, '  ')).toBe(true);
  });
});

describe('small groups', () => {
  it('fold away only among many, and never a named one', () => {
    const many = groups(...Array.from({ length: 12 }, (): [null, number] => [null, 120]), [null, 4], ['Rare', 4]);
    const small = many.filter((group) => isSmall(group, many));
    expect(small).toHaveLength(1);
    expect(small[0]!.name).toBeNull();
    const few = groups([null, 50], [null, 4]);
    expect(few.some((group) => isSmall(group, few))).toBe(false);
  });
});
