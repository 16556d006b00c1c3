import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { PhotoId } from '@shared/model/ids';
import type { PairConflict } from '@shared/model/pair';

import { FakeLibrary, groupId } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

async function selectTwo(): Promise<ReturnType<typeof renderApp>> {
  window.location.hash = `#/group/${groupId(1)}`;
  const rendered = renderApp({ library: new FakeLibrary([{ name: 'Cats', numPhotos: 12 }], 2) });
  const grid = await screen.findByRole('grid', { name: 'Photos in Cats' });
  await within(grid).findAllByRole('gridcell', { name: /^IMG_/ });
  grid.focus();
  await rendered.user.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
  await screen.findByText('2 selected');
  return rendered;
}

const conflict = (kind: 'apart' | 'together'): PairConflict => ({
  kind,
  photoIds: [2, 3] as PhotoId[],
  path: [2, 7, 3] as PhotoId[],
  groupName: null,
  saidAt: new Date(Date.now() - 86_400_000).toISOString(),
});

describe('the selected photos', () => {
  it('are said to belong together with T', async () => {
    const { host, user } = await selectTwo();
    await user.keyboard('t');
    await screen.findByText('2 photos kept together');
    expect(host.inputs('photo.together')).toMatchObject([{ photoIds: { length: 2 }, isForced: false }]);
  });

  it('are said to be different with D', async () => {
    const { host, user } = await selectTwo();
    await user.keyboard('d');
    await screen.findByText('Kept apart. 1 photo left the group they shared');
    expect(host.inputs('photo.apart')).toMatchObject([{ photoIds: { length: 2 }, leavingIds: [] }]);
  });

  it('change nothing when that contradicts what was said before and the person keeps it', async () => {
    const { host, user } = await selectTwo();
    host.conflicts = [conflict('apart')];
    await user.keyboard('t');
    const dialog = await screen.findByRole('dialog', { name: 'You said something else before' });
    expect(dialog.textContent).toMatch(/you said that these two are different/i);
    expect(dialog.textContent).toContain('They hang together through these');
    await user.click(within(dialog).getByRole('button', { name: 'Keep what I said before' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(host.library.history().entries).toEqual([]);
  });

  it('follow the person who chooses what is true now', async () => {
    const { host, user } = await selectTwo();
    host.conflicts = [conflict('together')];
    await user.keyboard('d');
    const dialog = await screen.findByRole('dialog', { name: 'You said something else before' });
    expect(within(dialog).getByRole('radio', { name: 'The second' })).toHaveProperty('checked', true);
    await user.click(within(dialog).getByRole('radio', { name: 'The first' }));
    await user.click(within(dialog).getByRole('button', { name: 'They are different' }));
    await screen.findByText(/^Kept apart/);
    expect(host.inputs('photo.apart')[1]).toMatchObject({ leavingIds: [2] });
  });
});
