import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';

import type { ReviewQuestion } from '@shared/model/teach';

import { FakeLibrary, groupId } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const twoGroups = (): FakeLibrary =>
  new FakeLibrary([
    { name: 'Cats', numPhotos: 40 },
    { name: 'Dogs', numPhotos: 40 },
  ]);

function questionsOf(library: FakeLibrary): ReviewQuestion[] {
  const [cats, dogs] = library.groups;
  const sides = {
    these: cats!.photoIds.slice(0, 4),
    those: dogs!.photoIds.slice(0, 4),
    theseGroupId: cats!.id,
    thoseGroupId: dogs!.id,
  };
  return [
    { key: 'part:1', kind: 'part', numSettled: 12, ...sides },
    { key: 'merge:2', kind: 'merge', numSettled: 30, ...sides },
    { key: 'place:3', kind: 'place', numSettled: 1, ...sides, these: sides.these.slice(0, 1) },
  ];
}

describe('the question queue', () => {
  beforeEach(() => (window.location.hash = '#/review'));

  it('asks one after the other: Enter is yes, Delete no, the arrow not sure', async () => {
    const library = twoGroups();
    const { host, user } = renderApp({ library, questions: questionsOf(library) });
    await screen.findByText(/settles 12 photos/);
    expect(within(screen.getByRole('list', { name: 'These' })).getAllByRole('listitem')).toHaveLength(4);
    await user.keyboard('{Enter}');
    await screen.findByText(/Two groups that look alike/);
    await user.keyboard('{Delete}');
    await screen.findByText(/Does the first belong/);
    await user.keyboard('{ArrowRight}');
    await waitFor(() =>
      expect(host.inputs('question.answer')).toEqual([
        { key: 'part:1', answer: 'yes' },
        { key: 'merge:2', answer: 'no' },
        { key: 'place:3', answer: 'unsure' },
      ]),
    );
  });

  it('says what an answer settled and offers to undo it', async () => {
    const library = twoGroups();
    const { user } = renderApp({ library, questions: questionsOf(library) });
    await user.click(await screen.findByRole('button', { name: /Yes, together/ }));
    await screen.findByText('Answered: 12 photos settled');
    expect(screen.getAllByRole('button', { name: 'Undo' }).length).toBeGreaterThan(1);
  });
});

describe('keys of the queue', () => {
  beforeEach(() => (window.location.hash = '#/review'));

  it('still answer after a button was clicked', async () => {
    const library = twoGroups();
    const { host, user } = renderApp({ library, questions: questionsOf(library) });
    await user.click(await screen.findByRole('button', { name: /^Not sure/ }));
    await screen.findByText(/Two groups that look alike/);
    await user.keyboard('{Delete}');
    await waitFor(() => expect(host.inputs('question.answer')).toHaveLength(2));
    expect(host.inputs('question.answer')[1]).toEqual({ key: 'merge:2', answer: 'no' });
  });
});

describe('what follows from a correction', () => {
  beforeEach(() => (window.location.hash = '#/review'));

  it('is offered, looked at and accepted; nothing moves before', async () => {
    const library = twoGroups();
    const [cats, dogs] = library.groups;
    const photoIds = cats!.photoIds.slice(5, 19);
    const { host, user } = renderApp({ library });
    await screen.findByRole('link', { name: 'Cats' });
    host.followers = { numPhotos: 14, groups: [{ groupId: dogs!.id, name: 'Dogs', photoIds }] };
    await user.keyboard('{Enter}');
    await screen.findByText('14 other photos look as if they should follow.');
    await user.click(screen.getByRole('button', { name: 'Look' }));
    const dialog = await screen.findByRole('dialog');
    within(dialog).getByText('To “Dogs”');
    expect(host.inputs('teach.accept')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Move 14 photos' }));
    await waitFor(() => expect(host.inputs('teach.accept')).toEqual([{ moves: [{ groupId: dogs!.id, photoIds }] }]));
    await waitFor(() => expect(screen.queryByText(/should follow/)).toBeNull());
  });

  it('is put aside and not offered again', async () => {
    const library = twoGroups();
    const { host, user } = renderApp({ library });
    await screen.findByRole('link', { name: 'Cats' });
    const photoIds = library.groups[0]!.photoIds.slice(5, 6);
    host.followers = { numPhotos: 1, groups: [{ groupId: library.groups[1]!.id, name: 'Dogs', photoIds }] };
    await user.keyboard('{Enter}');
    await screen.findByText('1 other photo looks as if it should follow.');
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(host.inputs('teach.preview')).toHaveLength(2));
    expect(screen.queryByText(/should follow/)).toBeNull();
  });

  it('leaves out the photos that were clicked, and does not offer them again', async () => {
    const library = twoGroups();
    const [cats, dogs] = library.groups;
    const photoIds = cats!.photoIds.slice(5, 9);
    const { host, user } = renderApp({ library });
    await screen.findByRole('link', { name: 'Cats' });
    host.followers = { numPhotos: 4, groups: [{ groupId: dogs!.id, name: 'Dogs', photoIds }] };
    await user.keyboard('{Enter}');
    await screen.findByText(/should follow/);
    await user.keyboard('f');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Move photo 2 of 4 to “Dogs”' }));
    await user.click(within(dialog).getByRole('button', { name: 'Move 3 photos' }));
    const moved = photoIds.filter((_, index) => index !== 1);
    await waitFor(() =>
      expect(host.inputs('teach.accept')).toEqual([{ moves: [{ groupId: dogs!.id, photoIds: moved }] }]),
    );
    host.followers = { numPhotos: 1, groups: [{ groupId: dogs!.id, name: 'Dogs', photoIds: photoIds.slice(1, 2) }] };
    const numAsked = host.inputs('teach.preview').length;
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(host.inputs('teach.preview').length).toBeGreaterThan(numAsked));
    expect(screen.queryByText(/should follow/)).toBeNull();
  });

  it('says inside the dialog when it could not be done', async () => {
    const library = twoGroups();
    const { host, user } = renderApp({ library });
    await screen.findByRole('link', { name: 'Cats' });
    const gone = groupId(77);
    host.followers = {
      numPhotos: 1,
      groups: [{ groupId: gone, name: 'Gone', photoIds: library.groups[0]!.photoIds.slice(5, 6) }],
    };
    await user.keyboard('{Enter}');
    await screen.findByText(/should follow/);
    await user.keyboard('f');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Move 1 photo' }));
    await within(dialog).findByText(/Something went wrong/);
  });
});

describe('learning again', () => {
  it('is offered with how much was corrected, asked about, and started', async () => {
    const { host, user } = renderApp({ library: twoGroups() });
    host.numNewCorrections = 12;
    host.changed();
    await screen.findByText('You made 12 corrections since Kindred last learned.');
    await user.click(screen.getByRole('button', { name: 'Learn again' }));
    const dialog = await screen.findByRole('dialog', { name: 'Learn again with your corrections?' });
    within(dialog).getByText(/12 new corrections included.*groups with a name stay/);
    expect(host.inputs('pipeline.start')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Learn again' }));
    await waitFor(() => expect(host.inputs('pipeline.start')).toEqual([{ options: { relearn: true } }]));
  });
});
