import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { runProgress, runReport } from '../helpers/fake-host';
import { FakeLibrary } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

describe('the welcome screen', () => {
  it('opens a folder through its dialog and starts looking at once', async () => {
    const { host, user } = renderApp({ status: 'closed', report: null });
    await user.click(await screen.findByRole('button', { name: 'Choose a folder' }));
    const dialog = screen.getByRole('dialog', { name: 'Choose a folder' });
    const path = within(dialog).getByRole('textbox', { name: 'Folder path' });
    await waitFor(() => expect(path).toHaveProperty('value', '/home/ada'));
    const places = within(dialog).getByRole('navigation', { name: 'Places' });
    await user.click(within(places).getByRole('button', { name: 'Pictures' }));
    await user.clear(path);
    await user.type(path, '/data/photos');
    await user.click(within(dialog).getByRole('button', { name: 'Open this folder' }));
    const run = await screen.findByRole('region', { name: 'Run' });
    expect(run.textContent).toContain('412 of 1,204');
    expect(host.inputs('library.open')).toEqual([{ path: '/data/photos' }]);
    expect(host.inputs('pipeline.start')).toHaveLength(1);
  });

  it('does not start a library over that has its groups', async () => {
    const { host, user } = renderApp({ status: 'closed', library: new FakeLibrary([{ name: 'A', numPhotos: 3 }]) });
    await user.click(await screen.findByRole('button', { name: /^Holiday photos/ }));
    await screen.findByRole('listitem', { name: 'A, 3 photos' });
    expect(host.inputs('pipeline.start')).toEqual([]);
  });

  it('takes up a run that was interrupted', async () => {
    const { host, user } = renderApp({ status: 'closed', report: runReport({ state: 'paused' }) });
    await user.click(await screen.findByRole('button', { name: /^Holiday photos/ }));
    await waitFor(() => expect(host.inputs('pipeline.start')).toHaveLength(1));
  });
});

describe('the run bar', () => {
  it('tells step, count, rate and time left, and pauses', async () => {
    const { host, user } = renderApp({ progress: runProgress(), report: null });
    const run = await screen.findByRole('region', { name: 'Run' });
    expect(run.textContent).toContain('Step 2 of 7 · 412 of 1,204 · 38.4 a second · about 2 min left');
    await user.click(within(run).getByRole('button', { name: 'Pause' }));
    await within(run).findByRole('button', { name: 'Continue' });
    expect(host.inputs('pipeline.pause')).toHaveLength(1);
  });

  it('never goes back within a run', async () => {
    const { host } = renderApp({ progress: runProgress({ fraction: 0.5 }), report: null });
    const run = await screen.findByRole('region', { name: 'Run' });
    host.emit('pipeline.progress', runProgress({ fraction: 0.4, done: 1 }));
    host.emit('pipeline.progress', runProgress({ fraction: 0.6, done: 700 }));
    await within(run).findByText(/700 of 1,204/);
    expect(within(run).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('60');
  });

  it('asks before it stops', async () => {
    const { host, user } = renderApp({ progress: runProgress(), report: null });
    const run = await screen.findByRole('region', { name: 'Run' });
    await user.click(within(run).getByRole('button', { name: 'Cancel' }));
    expect(host.inputs('pipeline.cancel')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Keep going' }));
    expect(host.inputs('pipeline.cancel')).toEqual([]);
    await user.click(within(run).getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(host.inputs('pipeline.cancel')).toHaveLength(1));
  });
});

describe('problem files', () => {
  it('are listed with a reason and can be tried again', async () => {
    const { host, user } = renderApp({ numProblems: 2 });
    await user.click(await screen.findByRole('button', { name: '2 problem files' }));
    const row = (await screen.findByText('2018/phone/IMG_0231.jpg')).closest('tr')!;
    expect(row.textContent).toContain('ends in the middle');
    await user.click(within(row).getByRole('button'));
    await waitFor(() => expect(host.inputs('photo.retry')).toEqual([{ photoIds: [9000] }]));
  });
});
