import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { certaintyOf } from '@shared/model/photo';

import { FakeLibrary, groupId } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

/** A library whose first group holds the unsure photos of a larger one, and whose second holds the rest. */
function mixedLibrary(): FakeLibrary {
  const library = new FakeLibrary([
    { name: 'Everything', numPhotos: 150 },
    { name: 'Clear', numPhotos: 10 },
  ]);
  const [everything, clear] = library.groups as [(typeof library.groups)[number], (typeof library.groups)[number]];
  const unsure = everything.photoIds.filter((id) => certaintyOf(library.cell(id).confidence) === 'unsure');
  clear.photoIds.push(...everything.photoIds.filter((id) => !unsure.includes(id)));
  everything.photoIds = unsure;
  return library;
}

describe('a group that does not hold together', () => {
  it('says so, and leads to the split with its suggestion', async () => {
    window.location.hash = `#/group/${groupId(1)}`;
    const { user } = renderApp({ library: mixedLibrary() });
    await screen.findByText(/does not hold together well/);
    await user.click(screen.getByRole('button', { name: 'Split it' }));
    await screen.findByRole('dialog', { name: 'Split “Everything”' });
    await screen.findByText('These photos suggest 3 parts.');
  });

  it('is not said of one that does', async () => {
    window.location.hash = `#/group/${groupId(2)}`;
    renderApp({ library: mixedLibrary() });
    await screen.findByRole('grid', { name: 'Photos in Clear' });
    expect(screen.queryByText(/does not hold together well/)).toBeNull();
  });
});
