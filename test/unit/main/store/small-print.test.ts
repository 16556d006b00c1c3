import { expect, it } from 'vitest';

import { smallStore } from '../../../helpers/small-store';

it('can undo though more than five hundred later edits were undone', () => {
  const { store } = smallStore();
  for (let edit = 0; edit < 502; edit++)
    store.journal.record(`Edit ${edit}`, (rows) =>
      rows.put('answers', { question: String(edit), answer: 'yes', created_at: 'now' }),
    );
  for (let edit = 0; edit < 501; edit++) store.journal.undo();
  expect(store.journal.list()).toMatchObject({ canUndo: true, canRedo: true });
});

it('gives rows to the next user of a statement that was asked for bare values', () => {
  const { store } = smallStore();
  const query = 'SELECT count(*) AS n FROM photos';
  expect(store.db.prepare(query).pluck().get()).toBe(12);
  expect(store.db.prepare(query).get()).toEqual({ n: 12 });
});
