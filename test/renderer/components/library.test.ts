import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';

import { type FakeHostOptions, runProgress } from '../helpers/fake-host';
import { FakeLibrary } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary => new FakeLibrary([{ name: 'Cats', numPhotos: 12 }]);

async function openLibrary(options: FakeHostOptions = {}): Promise<ReturnType<typeof renderApp>> {
  const rendered = renderApp({ library: library(), ...options });
  await screen.findByText('Cats');
  return rendered;
}

it.each([true, false])('says when it is damaged, and how it is repaired (%s)', async (isDamaged) => {
  await openLibrary({ isDamaged });
  expect(screen.queryByText(/database is damaged.*run “kindred repair”/) !== null).toBe(isDamaged);
});

it('checks the originals and names those that are not as they were', async () => {
  const { app, user } = await openLibrary();
  app.dialogs.open({ kind: 'proof' });
  const dialog = await screen.findByRole('dialog', { name: 'Check the originals' });
  await within(dialog).findByText('11 of 12 photos are unchanged');
  within(dialog).getByText('Rome/IMG_2.jpg');
  await user.click(within(dialog).getByRole('button', { name: 'Done' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('takes names from a folder and says what came of it', async () => {
  const { app, host, user } = await openLibrary();
  void app.chooseNames();
  const dialog = await screen.findByRole('dialog', { name: 'Take names from a folder' });
  await user.click(await within(dialog).findByRole('button', { name: 'Use this folder' }));
  await screen.findByText(/Nothing new in there · 1 photo stays where you put them · 2 photos are not in this library/);
  expect(host.inputs('group.importNames')).toHaveLength(1);
});

it('switches a run to gentle and back while it goes on', async () => {
  const { host, user } = await openLibrary({ progress: runProgress() });
  await user.click(await screen.findByRole('button', { name: 'Run gently', pressed: false }));
  await user.click(await screen.findByRole('button', { name: 'Run gently', pressed: true }));
  expect(host.inputs('pipeline.setGentle')).toEqual([{ isGentle: true }, { isGentle: false }]);
});

it('lists what is not a photo beside the problem files', async () => {
  renderApp({ library: library() });
  await screen.findByText('Cats');
  window.location.hash = '#/problems';
  await screen.findByText('2 files are not photos');
  const row = screen.getByRole('row', { name: /Rome\/clip.mp4/, hidden: true });
  within(row).getByText('A video');
});
