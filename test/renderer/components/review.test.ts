import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';

import { FakeLibrary } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

describe('the review of unsure photos', () => {
  beforeEach(() => (window.location.hash = '#/review'));

  it('asks one photo after the other: Enter confirms, Delete removes, the arrow leaves it open', async () => {
    const library = new FakeLibrary([{ name: 'Cats', numPhotos: 200 }]);
    const [first, second, third, ...rest] = library.ids({ kind: 'unsure' });
    expect(rest.length).toBeGreaterThan(0);
    const { host, user } = renderApp({ library });
    await screen.findByRole('link', { name: 'Cats' });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(host.inputs('photo.confirm')).toEqual([{ photoIds: [first] }]));
    await screen.findByText(/^1 answered/);
    await user.keyboard('{ArrowRight}{Delete}');
    await waitFor(() => expect(host.inputs('photo.remove')).toEqual([{ photoIds: [third] }]));
    await screen.findByText(/^2 answered/);
    expect(library.ids({ kind: 'unsure' })).toEqual([second, ...rest]);
  });

  it('ends with what was skipped, which can be gone through again', async () => {
    const library = new FakeLibrary([{ name: 'Cats', numPhotos: 20 }]);
    const unsure = library.ids({ kind: 'unsure' });
    const { user } = renderApp({ library });
    await screen.findByText(new RegExp(`${unsure.length} to go`));
    await user.keyboard('{ArrowRight}'.repeat(unsure.length));
    await screen.findByRole('heading', { name: 'That was the last one' });
    await user.click(screen.getByRole('button', { name: 'Once more through those' }));
    await screen.findByText(new RegExp(`${unsure.length} to go`));
  });
});
