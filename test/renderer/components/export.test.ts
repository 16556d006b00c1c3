import { cleanup, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { ExportOptions } from '@shared/model/export';

import { FakeLibrary } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary =>
  new FakeLibrary([
    { name: 'Cats', numPhotos: 12 },
    { name: null, numPhotos: 30 },
  ]);

async function openExport(): Promise<ReturnType<typeof renderApp> & { dialog: HTMLElement }> {
  const rendered = renderApp({ library: library() });
  await screen.findByText(/42 photos/);
  await rendered.user.click(screen.getByRole('button', { name: 'Export' }));
  return { ...rendered, dialog: screen.getByRole('dialog', { name: 'Export' }) };
}

describe('an export', () => {
  it('shows every folder before anything is written, then what was verified', async () => {
    const { host, user, dialog } = await openExport();
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    await within(dialog).findByText('2 folders will be made');
    expect(within(dialog).getByText('Cats')).toBeDefined();
    expect(host.inputs('export.start')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Export 42 photos' }));
    await within(dialog).findByText('42 of 42 photos written and verified');
    expect(host.inputs('export.start')).toEqual([{ exportId: 1, isConfirmed: false }]);
  });

  it('goes where the last one went, unless told otherwise', async () => {
    const { user, dialog } = await openExport();
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Export 42 photos' }));
    await within(dialog).findByText('42 of 42 photos written and verified');
    cleanup();
    const again = await openExport();
    expect(within(again.dialog).getByRole<HTMLInputElement>('textbox', { name: 'Destination folder' }).value).toBe(
      '/media/out',
    );
  });

  it('does not start where the plan has a problem', async () => {
    const { user, dialog } = await openExport();
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Destination folder' }),
      '/home/ada/Holiday photos/out',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    await within(dialog).findByText('That folder is inside your photo folder.');
    expect(within(dialog).getByRole('button', { name: 'Export 42 photos' })).toHaveProperty('disabled', true);
  });

  it('says how many photos stay behind, and why', async () => {
    const { host, user, dialog } = await openExport();
    host.numUngrouped = 51;
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    await within(dialog).findByText(/51 photos left out, because they are in no group/);
  });

  it('offers no export of nothing where everything is there already', async () => {
    const { host, user, dialog } = await openExport();
    host.isAllThere = true;
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    const button = await within(dialog).findByRole('button', { name: 'Everything is there already' });
    expect(button).toHaveProperty('disabled', true);
    expect(within(dialog).queryByRole('button', { name: /^Export 0/ })).toBeNull();
  });

  it('moves originals only after a second yes', async () => {
    const { host, user, dialog } = await openExport();
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('radio', { name: /^Move/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Export 42 photos' }));
    expect(host.inputs('export.start')).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'Move 42 photos' }));
    await within(dialog).findByText('42 of 42 photos written and verified');
    expect(host.inputs('export.start')).toEqual([{ exportId: 1, isConfirmed: true }]);
  });

  it('asks under the plan what becomes of names that are taken', async () => {
    const { host, user, dialog } = await openExport();
    host.numConflicts = 2;
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    const question = await within(dialog).findByRole('group', { name: '2 names are taken there by other files' });
    within(question).getByText('Beach/IMG_1.jpg');
    expect(within(dialog).getByRole('button', { name: 'Export 40 photos' })).toHaveProperty('disabled', true);
    await user.click(within(question).getByRole('radio', { name: 'Keep both, with a number' }));
    await within(dialog).findByRole('button', { name: 'Export 42 photos' });
    await user.click(within(question).getByRole('radio', { name: 'Leave it out' }));
    expect(host.inputs('export.plan').map((input) => (input as ExportOptions).conflicts)).toEqual([
      'ask',
      'rename',
      'skip',
    ]);
    await user.click(await within(dialog).findByRole('button', { name: 'Export 40 photos' }));
    await within(dialog).findByText(/written and verified/);
    expect(host.inputs('export.start')).toEqual([{ exportId: 1, isConfirmed: false }]);
  });

  it('can be undone from the list of past exports', async () => {
    const { user, dialog } = await openExport();
    await user.type(within(dialog).getByRole('textbox', { name: 'Destination folder' }), '/media/out');
    await user.click(within(dialog).getByRole('button', { name: 'Show the plan' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Export 42 photos' }));
    await within(dialog).findByText(/written and verified/);
    await user.click(within(dialog).getByRole('button', { name: 'Done' }));
    window.location.hash = '#/exports';
    await user.click(await screen.findByRole('button', { name: 'Undo this export' }));
    const question = screen.getByRole('dialog', { name: 'Undo this export?' });
    await user.click(within(question).getByRole('button', { name: 'Undo this export' }));
    await screen.findByText('Undone: what it wrote is gone again.');
  });
});
