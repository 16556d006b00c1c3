import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeLibrary } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary =>
  new FakeLibrary([
    { name: 'Cats', numPhotos: 12 },
    { name: 'Garden', numPhotos: 9 },
  ]);
const field = (): Promise<HTMLElement> =>
  screen.findByRole('searchbox', { name: 'Search names, files, dates, cameras' });
const grid = (name: string): Promise<HTMLElement> => screen.findByRole('grid', { name: `Photos in ${name}` });
const cells = (): (string | null)[] => screen.getAllByRole('gridcell').map((cell) => cell.getAttribute('aria-label'));

describe('searching', () => {
  it('finds groups and photos while one types, and asks once', async () => {
    const { host, user } = renderApp({ library: library() });
    await user.type(await field(), 'img_001');
    const hits = await screen.findByRole('region', { name: 'Photos' });
    expect(within(hits).getAllByRole('listitem')).toHaveLength(10);
    expect(host.inputs('photo.find')).toEqual([
      { place: { kind: 'all' }, search: 'img_001', sort: 'newest', offset: 0, limit: 12 },
    ]);
    expect(screen.queryByRole('listitem', { name: /^Cats/ })).toBeNull();
    await user.clear(await field());
    await screen.findByRole('listitem', { name: /^Cats/ });
    expect(screen.queryByRole('region', { name: 'Photos' })).toBeNull();
  });

  it('shows all that was found with Enter, beside every group', async () => {
    const { user } = renderApp({ library: library() });
    await user.type(await field(), 'img_001{Enter}');
    await grid('Photos for “img_001”');
    await waitFor(() => expect(cells()).toHaveLength(10));
    const rail = screen.getByRole('navigation', { name: 'Groups' });
    expect(within(rail).getAllByRole('link').length).toBeGreaterThan(2);
    expect(window.location.hash).toBe('#/search/img_001');
  });

  it('says what can be searched for when nothing is found', async () => {
    const { user } = renderApp({ library: library() });
    await user.type(await field(), 'zebra');
    await screen.findByText('Nothing found for “zebra”');
    screen.getByText(/a date such as 2023-05 or May 2023, or a camera/);
    await user.click(screen.getAllByRole('button', { name: 'Clear the search' }).at(-1)!);
    await screen.findByRole('listitem', { name: /^Cats/ });
  });
});

describe('sorting the photos of a group', () => {
  it('asks for another order, without sections, and back', async () => {
    const { host, user } = renderApp({ library: library() });
    await user.click(await screen.findByRole('link', { name: /^Cats/ }));
    await grid('Cats');
    await screen.findByText('Sure');
    const select = screen.getByRole('combobox', { name: 'Sort photos' });
    await user.selectOptions(select, 'Last added first');
    await waitFor(() => expect(cells()[0]).toMatch(/^IMG_0012/));
    expect(screen.queryByText('Sure')).toBeNull();
    expect(host.inputs('photo.find')[0]).toMatchObject({ place: { kind: 'group' }, search: '', sort: 'added' });
    await user.selectOptions(select, 'Most typical first');
    await screen.findByText('Sure');
  });
});
