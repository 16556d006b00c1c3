import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeLibrary, groupId } from '../helpers/fake-library';
import { runProgress } from '../helpers/fake-host';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary =>
  new FakeLibrary(
    [
      { name: 'Cats', numPhotos: 12 },
      { name: null, numPhotos: 30 },
      { name: 'Garden', numPhotos: 9 },
    ],
    5,
  );

const cards = (): (string | null)[] =>
  within(screen.getByRole('list', { name: 'Groups' }))
    .getAllByRole('listitem')
    .map((card) => card.getAttribute('aria-label'));

describe('the groups', () => {
  it('are shown with names and counts, named ones first', async () => {
    renderApp({ library: library() });
    await screen.findByText(/56 photos in 3 groups/);
    expect(cards()).toEqual(['Cats, 12 photos', 'Garden, 9 photos', 'Unnamed, 30 photos']);
    expect(screen.getByRole('link', { name: /^Unsorted 5 photos/ })).toBeDefined();
  });

  it('become fewer or more with the slider, and the curve says why this many', async () => {
    const { host, user } = renderApp({ library: library() });
    host.detail = {
      detail: 1,
      stopIndex: 1,
      stops: [2, 3, 5].map((numGroups, at) => ({ numGroups, detail: at / 2 + 0.5 })),
    };
    host.changed();
    const slider = await screen.findByRole('slider', { name: 'Fewer or more groups' });
    expect(slider.getAttribute('aria-valuetext')).toBe('3 groups');
    // jsdom moves no sliders by key: what a key does is an input event.
    (slider as HTMLInputElement).value = '2';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await waitFor(() => expect(host.inputs('group.setDetail')).toEqual([{ detail: 1.5, continues: null }]));
    await waitFor(() => expect(slider.getAttribute('aria-valuetext')).toBe('5 groups'));
    await user.click(screen.getByRole('button', { name: 'Why this many?' }));
    expect(screen.getByRole('img', { name: 'Groupings that were compared' })).toBeDefined();
  });

  it('are renamed in place with F2, and the name can be taken back', async () => {
    const { host, user } = renderApp({ library: library() });
    const card = await screen.findByRole('listitem', { name: 'Unnamed, 30 photos' });
    within(card).getByRole('link').focus();
    await user.keyboard('{F2}');
    await user.keyboard('Snow{Enter}');
    await screen.findByRole('listitem', { name: 'Snow, 30 photos' });
    expect(host.inputs('group.rename')).toEqual([{ groupId: groupId(2), name: 'Snow' }]);
    const messages = screen.getByRole('region', { name: 'Messages' });
    await user.click(within(messages).getByRole('button', { name: 'Undo' }));
    await screen.findByRole('listitem', { name: 'Unnamed, 30 photos' });
  });

  it('keep their name when renaming ends with Escape or changes nothing', async () => {
    const { host, user } = renderApp({ library: library() });
    within(await screen.findByRole('listitem', { name: 'Cats, 12 photos' }))
      .getByRole('link')
      .focus();
    await user.keyboard('{F2}Dogs{Escape}');
    await user.keyboard('{F2}{Enter}');
    expect(host.inputs('group.rename')).toEqual([]);
  });

  it('of two names merge only after a question that tells both counts', async () => {
    const { host, user } = renderApp({ library: library() });
    within(await screen.findByRole('listitem', { name: 'Cats, 12 photos' }))
      .getByRole('link')
      .focus();
    await user.keyboard('m');
    await user.type(await screen.findByRole('combobox', { name: 'Group' }), 'gard{Enter}');
    await screen.findByText(/“Cats” \(12 photos\) goes into “Garden” \(9 photos\)/);
    expect(host.inputs('group.merge')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Merge into “Garden”' }));
    await screen.findByRole('listitem', { name: 'Garden, 21 photos' });
  });

  it('are found by name', async () => {
    const { user } = renderApp({ library: library() });
    await user.type(await screen.findByRole('searchbox', { name: 'Search names, files, dates, cameras' }), 'gárd');
    await waitFor(() => expect(cards()).toEqual(['Garden, 9 photos']));
  });

  it('stay in order under the pointer while new ones arrive', async () => {
    const { host, user } = renderApp({ library: library() });
    await screen.findByText(/56 photos/);
    await user.pointer({ target: screen.getByRole('list', { name: 'Groups' }) });
    host.library.find(groupId(2)).name = 'Ants';
    host.library.revision++;
    host.changed();
    await screen.findByRole('listitem', { name: 'Ants, 30 photos' });
    expect(cards()).toEqual(['Cats, 12 photos', 'Garden, 9 photos', 'Ants, 30 photos']);
  });

  it('say that they are a first look while they form', async () => {
    const draft = library();
    draft.isDraft = true;
    renderApp({ library: draft, report: null, progress: runProgress({ hasDraft: true }) });
    await screen.findByText('First look');
  });
});
