import { describe, expect, it } from 'vitest';

import { GroupChoice } from '@renderer/lib/state/group-choice.svelte';

import { FakeLibrary, groupId } from '../helpers/fake-library';

function choice(canCreate = true): GroupChoice {
  const seeds = ['Beach', 'Beach house', 'Cats', null].map((name) => ({ name, numPhotos: 5 }));
  const { groups } = new FakeLibrary(seeds).list();
  return new GroupChoice(
    () => groups,
    groupId(3),
    () => [groupId(2)],
    canCreate,
  );
}

const words = (made: GroupChoice): string[] =>
  made.choices.map((one) => (one.kind === 'new' ? `+${one.name}` : (one.group.name ?? 'Unnamed')));

describe('choosing a group by name', () => {
  it('offers recent groups first, and never the one the photos are in', () => {
    expect(words(choice())).toEqual(['Beach house', 'Beach', 'Unnamed']);
  });

  it('takes nothing with Enter before something was typed', () => {
    expect(choice().active).toBeNull();
  });

  it('puts the exact name before longer ones', () => {
    const made = choice();
    made.type('beach');
    expect(words(made)).toEqual(['Beach', 'Beach house']);
    expect(made.active).toMatchObject({ group: { name: 'Beach' } });
  });

  it('never makes a new group with Enter alone', () => {
    const made = choice();
    made.type('Bech');
    expect(words(made)).toEqual(['+Bech']);
    expect(made.active).toBeNull();
    made.step(1);
    expect(made.active).toEqual({ kind: 'new', name: 'Bech' });
  });

  it('does not offer a second group of the same name', () => {
    const made = choice();
    made.type(' BEACH ');
    expect(words(made).some((line) => line.startsWith('+'))).toBe(false);
  });

  it('only chooses among what is there where nothing may be made', () => {
    const made = choice(false);
    made.type('zebra');
    expect(made.choices).toEqual([]);
  });
});
