import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { PhotoId } from '@shared/model/ids';
import type { RunDiff } from '@shared/model/run-diff';

import { runProgress } from '../helpers/fake-host';
import { FakeLibrary, groupId } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary => new FakeLibrary([{ name: 'Cats', numPhotos: 12 }], 2);

function diff(): RunDiff {
  const flow = { group: null, numPhotos: 3, photoIds: [1, 2, 3] as PhotoId[] };
  const change = {
    group: { id: groupId(1), name: 'Cats' },
    kind: 'changed' as const,
    numBefore: 9,
    numAfter: 12,
    numNew: 0,
    arrived: [flow],
    left: [],
    splitFrom: null,
    mergedInto: null,
  };
  const ids = { runId: 2, baseRunId: 1 } as Pick<RunDiff, 'runId' | 'baseRunId'>;
  return { ...ids, decision: 'open', numSame: 11, numMoved: 3, numNew: 0, groups: [change] };
}

describe('what a run changed', () => {
  it('is offered where the groups are, shown per group, and kept or put back', async () => {
    const { host, user } = renderApp({ library: library() });
    host.diff = diff();
    host.emit('pipeline.progress', runProgress({ state: 'done' }));
    await screen.findByText(/The last look at your photos moved 3 photos/);
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'See what changed' }));
    const card = await screen.findByRole('listitem', { name: 'Cats: 9 before, 12 now' });
    expect(card.textContent).toContain('+ 3 photos from Unsorted');
    await user.click(within(card).getByRole('button', { name: 'Put back: Cats' }));
    await waitFor(() => expect(host.inputs('run.putBack')).toEqual([{ runId: 2, groupId: groupId(1) }]));
    await user.click(screen.getByRole('button', { name: 'Keep all of it' }));
    await screen.findByText('You kept these changes.');
    expect(screen.queryByRole('button', { name: 'Keep all of it' })).toBeNull();
  });

  it('tells two unnamed groups apart that got as many photos each', async () => {
    window.location.hash = '#/changes';
    const { host } = renderApp({ library: library() });
    const made = diff();
    const to = (n: number) => ({ group: { id: groupId(n), name: null }, numPhotos: 1, photoIds: [n as PhotoId] });
    made.groups[0]!.left = [to(7), to(8)];
    host.diff = made;
    host.changed();
    const card = await screen.findByRole('listitem', { name: 'Cats: 9 before, 12 now' });
    expect(within(card).getAllByText('− 1 photo to an unnamed group')).toHaveLength(2);
  });

  it('never blanks the page: an error in it is told, logged, and has a way back', async () => {
    window.location.hash = '#/changes';
    const { host, user } = renderApp({ library: library() });
    const made = diff();
    // The same photo twice is against the contract's meaning, and breaks a list that goes by photo.
    made.groups[0]!.arrived[0]!.photoIds = [1, 1] as PhotoId[];
    host.diff = made;
    host.changed();
    await screen.findByText('Something went wrong here');
    expect(screen.getByRole('banner')).toBeDefined();
    await waitFor(() => expect(host.inputs('app.reportError')).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: 'All groups' }));
    await screen.findByRole('listitem', { name: 'Cats, 12 photos' });
  });

  it('is rejected as a whole', async () => {
    window.location.hash = '#/changes';
    const { host, user } = renderApp({ library: library() });
    host.diff = diff();
    host.changed();
    await user.click(await screen.findByRole('button', { name: 'Go back to how it was' }));
    await screen.findByText('You went back to how it was before.');
    expect(host.inputs('run.restore')).toEqual([{ runId: 1 }]);
  });
});

describe('the activity list', () => {
  it('takes one entry back, and says why another cannot be', async () => {
    const { host, user } = renderApp({ library: library() });
    within(await screen.findByRole('listitem', { name: 'Cats, 12 photos' }))
      .getByRole('link')
      .focus();
    host.irrevertible.set(2, 'The group was changed again since.');
    await user.keyboard('{F2}Dogs{Enter}');
    await screen.findByRole('listitem', { name: 'Dogs, 12 photos' });
    await user.keyboard('{F2}Birds{Enter}');
    await user.click(screen.getByRole('button', { name: 'Activity' }));
    await user.click(await screen.findByRole('button', { name: /^Why this cannot be taken back: Named “Birds”/ }));
    await screen.findByText('Cannot be taken back by itself. The group was changed again since.');
    await user.click(screen.getByRole('button', { name: /^Take back: Named “Dogs”/ }));
    await waitFor(() => expect(host.inputs('history.revert')).toEqual([{ entryId: 1 }]));
  });
});
