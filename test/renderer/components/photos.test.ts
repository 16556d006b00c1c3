import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';

import { FakeLibrary, groupId } from '../helpers/fake-library';
import { renderApp } from '../helpers/render-app';

const library = (): FakeLibrary =>
  new FakeLibrary(
    [
      { name: 'Cats', numPhotos: 40 },
      { name: 'Garden', numPhotos: 9 },
      { name: null, numPhotos: 7 },
    ],
    5,
  );

const selected = (): number =>
  screen
    .getAllByRole('gridcell')
    .filter((cell) => cell.ariaSelected === 'true' || cell.getAttribute('aria-selected') === 'true').length;

async function openCats(made = library()): Promise<ReturnType<typeof renderApp> & { grid: HTMLElement }> {
  window.location.hash = `#/group/${groupId(1)}`;
  const rendered = renderApp({ library: made });
  const grid = await screen.findByRole('grid', { name: 'Photos in Cats' });
  await within(grid).findAllByRole('gridcell', { name: /^IMG_/ });
  grid.focus();
  return { ...rendered, grid };
}

describe('a group', () => {
  beforeEach(() => (window.location.hash = ''));

  it('shows its photos in sections, as one tab stop', async () => {
    const { grid } = await openCats();
    expect(within(grid).getByRole('heading', { name: /^Sure/ })).toBeDefined();
    expect(grid.getAttribute('aria-rowcount')).not.toBe('0');
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(0);
  });

  it('selects with the keyboard and moves to a named group', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    await waitFor(() => expect(selected()).toBe(2));
    const toolbar = screen.getByRole('toolbar', { name: 'Selection' });
    await user.click(within(toolbar).getByRole('button', { name: 'Move to…' }));
    await user.type(await screen.findByRole('combobox', { name: 'Group' }), 'gard{Enter}');
    await screen.findByText('2 photos moved to “Garden”');
    expect(host.inputs('photo.move')).toMatchObject([{ groupId: groupId(2), photoIds: { length: 2 } }]);
    await waitFor(() => expect(screen.queryByRole('toolbar', { name: 'Selection' })).toBeNull());
  });

  it('does not make a group of a mistyped name', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{ArrowRight}m');
    await user.type(await screen.findByRole('combobox', { name: 'Group' }), 'Gadren{Enter}');
    await screen.findByText(/Pick a group from the list/);
    expect(host.inputs('group.create')).toEqual([]);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(host.inputs('group.create')).toMatchObject([{ name: 'Gadren' }]));
  });

  it('removes, confirms, and moves to a recent group with single keys', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{ArrowRight}{Delete}');
    await waitFor(() => expect(host.inputs('photo.remove')).toHaveLength(1));
    await user.keyboard('{ArrowRight}c');
    await waitFor(() => expect(host.inputs('photo.confirm')).toHaveLength(1));
    await user.keyboard('{ArrowRight}1');
    await waitFor(() => expect(host.inputs('photo.move')).toMatchObject([{ groupId: groupId(2) }]));
  });

  it('keeps the dialog where a name is taken, and offers to add to that group', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{ArrowRight}n');
    const field = await screen.findByRole('textbox', { name: 'Name of the new group' });
    await user.type(field, 'garden{Enter}');
    await screen.findByText('There is a group “Garden” already, with 9 photos.');
    expect(host.inputs('group.create')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Another name' }));
    expect(document.activeElement).toBe(field);
    await user.click(screen.getByRole('button', { name: 'Add to it' }));
    await waitFor(() => expect(host.inputs('photo.move')).toMatchObject([{ groupId: groupId(2) }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('asks before it says that many photos belong together', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{Control>}a{/Control}');
    await screen.findByText('40 selected');
    await user.keyboard('t');
    await screen.findByRole('dialog', { name: 'Do all 40 photos belong together?' });
    expect(host.inputs('photo.together')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'These belong together' }));
    await waitFor(() => expect(host.inputs('photo.together')).toMatchObject([{ photoIds: { length: 40 } }]));
  });

  it('says why more than fifty photos cannot be different from each other', async () => {
    const { host, user } = await openCats(new FakeLibrary([{ name: 'Cats', numPhotos: 60 }]));
    await user.keyboard('{Control>}a{/Control}');
    await screen.findByText('60 selected');
    await user.keyboard('d');
    await screen.findByText(/works for at most 50 photos/);
    expect(host.inputs('photo.apart')).toEqual([]);
  });

  it('undoes with Ctrl+Z and does again with Ctrl+Shift+Z', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{ArrowRight}{Delete}');
    await screen.findByText('1 photo removed from the group');
    await user.keyboard('{Control>}z{/Control}');
    await screen.findByText(/^Undone: /);
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await screen.findByText(/^Done again: /);
    expect(host.library.find(groupId(1)).photoIds).toHaveLength(39);
  });

  it('selects the photos with Ctrl+A, wherever the keys are', async () => {
    const { user, grid } = await openCats();
    screen.getByRole('button', { name: 'Group name: Cats' }).focus();
    await user.keyboard('{Control>}a{/Control}');
    await screen.findByText('40 selected');
    expect(document.activeElement).toBe(grid);
  });

  it('takes back what a message tells, though more was done since', async () => {
    const { host, user } = await openCats();
    await user.keyboard('{ArrowRight}{Delete}');
    await screen.findByText('1 photo removed from the group');
    const undo = within(screen.getByRole('region', { name: 'Messages' })).getByRole('button', { name: 'Undo' });
    host.library.edit('Named something in another tab', () => undefined);
    await user.click(undo);
    await waitFor(() => expect(host.inputs('history.revert')).toEqual([{ entryId: 1 }]));
    expect(host.inputs('history.undo')).toEqual([]);
  });

  it('selects everything, also what is not drawn', async () => {
    const { user } = await openCats();
    await user.keyboard('{Control>}a{/Control}');
    await screen.findByText('40 selected');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText('40 selected')).toBeNull());
  });

  it('is renamed in its heading', async () => {
    const { host, user } = await openCats();
    expect(screen.getByRole('button', { name: 'Group name: Cats' })).toBeDefined();
    await user.keyboard('{F2}');
    const field = await screen.findByRole('textbox', { name: 'Group name' });
    await user.clear(field);
    await user.type(field, 'Kittens{Enter}');
    await screen.findByRole('button', { name: 'Group name: Kittens' });
    expect(host.inputs('group.rename')).toEqual([{ groupId: groupId(1), name: 'Kittens' }]);
  });

  it('says so when it was merged away', async () => {
    const made = library();
    const { host } = await openCats(made);
    made.find(groupId(1)).photoIds = [];
    made.edit('Merged', () => undefined);
    host.changed();
    await screen.findByRole('heading', { name: 'This group is no longer there', level: 2 });
  });
});

describe('a photo', () => {
  it('opens with Enter, is turned with the arrows and keeps its details open', async () => {
    const { user } = await openCats();
    await user.keyboard('{Home}{Enter}');
    const view = await screen.findByRole('region', { name: /^Photo IMG_/ });
    expect(view.textContent).toContain('1 of 40');
    await user.keyboard('i');
    const details = await screen.findByRole('complementary', { name: 'Details' });
    await within(details).findByText('Fujifilm X-T30');
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(view.textContent).toContain('2 of 40'));
    expect(screen.getByRole('complementary', { name: 'Details' })).toBeDefined();
    await user.click(await screen.findByRole('button', { name: 'Why is this here?' }));
    await screen.findByText(/Those outlined are in Cats too/);
  });

  it('is looked at quickly with Space, which also closes it', async () => {
    const { user } = await openCats();
    await user.keyboard('{Home} ');
    await screen.findByRole('region', { name: /^Photo IMG_/ });
    await user.keyboard(' ');
    await waitFor(() => expect(screen.queryByRole('region', { name: /^Photo IMG_/ })).toBeNull());
  });

  it('makes way for the next one when it is removed', async () => {
    const { user } = await openCats();
    await user.keyboard('{Home}{Enter}');
    const view = await screen.findByRole('region', { name: /^Photo IMG_/ });
    const before = view.getAttribute('aria-label');
    await user.keyboard('{Delete}');
    await waitFor(() => expect(view.textContent).toContain('1 of 39'));
    await waitFor(() => expect(view.getAttribute('aria-label')).not.toBe(before));
  });
});

describe('the tray of unsure photos', () => {
  it('never keeps a photo selected that has left it', async () => {
    window.location.hash = '#/unsure';
    const { host, user } = renderApp({ library: library() });
    const grid = await screen.findByRole('grid', { name: 'Photos in Unsure' });
    const before = (await within(grid).findAllByRole('gridcell', { name: /^IMG_/ })).length;
    grid.focus();
    await user.keyboard(' ');
    await user.keyboard('{Escape}{Control>}a{/Control}');
    await waitFor(() => expect(selected()).toBe(before));
    await user.keyboard('c');
    await waitFor(() => expect(host.inputs('photo.confirm')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole('toolbar', { name: 'Selection' })).toBeNull());
    await user.keyboard('{Delete}');
    expect(host.inputs('photo.remove')).toHaveLength(0);
  });
});
