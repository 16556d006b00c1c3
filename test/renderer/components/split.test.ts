import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeLibrary, groupId } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary => new FakeLibrary([{ name: 'Cats', numPhotos: 12 }], 2);

async function openSplit(): Promise<ReturnType<typeof renderApp> & { dialog: HTMLElement }> {
  const rendered = renderApp({ library: library() });
  const card = await screen.findByRole('listitem', { name: 'Cats, 12 photos' });
  within(card).getByRole('link').focus();
  await rendered.user.keyboard('s');
  const dialog = await screen.findByRole('dialog', { name: 'Split “Cats”' });
  await within(dialog).findAllByRole('listitem', { name: /^Part/ });
  return { ...rendered, dialog };
}

describe('splitting a group', () => {
  it('shows the parts that the photos suggest, and changes nothing until it is accepted', async () => {
    const { host, user, dialog } = await openSplit();
    const parts = within(dialog).getAllByRole('listitem', { name: /^Part/ });
    expect(parts.map((part) => part.getAttribute('aria-label'))).toEqual([
      'Part 1, 4 photos',
      'Part 2, 4 photos',
      'Part 3, 4 photos',
    ]);
    expect(within(dialog).getByRole('radio', { name: '3 parts, suggested' })).toHaveProperty('checked', true);
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(host.inputs('group.split')).toEqual([]);
    expect(host.library.groups).toHaveLength(1);
  });

  it('follows the number of parts live, and names them', async () => {
    const { host, user, dialog } = await openSplit();
    await user.click(within(dialog).getByRole('radio', { name: '2 parts' }));
    await waitFor(() => expect(within(dialog).getAllByRole('listitem', { name: /^Part/ })).toHaveLength(2));
    await user.type(within(dialog).getByRole('textbox', { name: 'Name of part 2' }), 'Kittens');
    await user.click(within(dialog).getByRole('button', { name: 'Split into 2' }));
    await screen.findByRole('listitem', { name: 'Kittens, 6 photos' });
    expect(host.inputs('group.split')).toMatchObject([
      { groupId: groupId(1), parts: [{ name: null }, { name: 'Kittens', photoIds: { length: 6 } }] },
    ]);
    await user.click(within(screen.getByRole('region', { name: 'Messages' })).getByRole('button', { name: 'Undo' }));
    await screen.findByRole('listitem', { name: 'Cats, 12 photos' });
  });

  it('lets the person say which part keeps the name', async () => {
    const { host, user, dialog } = await openSplit();
    const second = within(dialog).getByRole('listitem', { name: /^Part 2/ });
    await user.click(within(second).getByRole('button', { name: 'Keep “Cats” here' }));
    await user.click(within(dialog).getByRole('button', { name: 'Split into 3' }));
    await waitFor(() => expect(host.inputs('group.split')).toHaveLength(1));
    const [{ parts }] = host.inputs('group.split') as [{ parts: { photoIds: number[] }[] }];
    expect(parts[0]!.photoIds).toEqual([2, 5, 8, 11]);
  });

  it('goes around two to eight chosen photos', async () => {
    window.location.hash = `#/group/${groupId(1)}`;
    const { host, user } = renderApp({ library: library() });
    const grid = await screen.findByRole('grid', { name: 'Photos in Cats' });
    await within(grid).findAllByRole('gridcell', { name: /^IMG_/ });
    grid.focus();
    await user.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    await screen.findByText('2 selected');
    await user.keyboard('s');
    const dialog = await screen.findByRole('dialog', { name: 'Split “Cats”' });
    await within(dialog).findByRole('listitem', { name: /^Part 2/ });
    expect(host.inputs('group.splitPreview')).toMatchObject([{ seedPhotoIds: { length: 2 } }]);
    await user.click(within(dialog).getByRole('radio', { name: 'By how photos look' }));
    await within(dialog).findByRole('listitem', { name: /^Part 3/ });
  });
});
