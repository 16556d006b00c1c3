import type { Store } from '../store/store';

/** What was answered before, as far as it says what not to ask. */
export interface Answers {
  /** Keys of questions. */
  answered: ReadonlySet<string>;
  /** Photos that the person said are no group. With a few photos more they are no group either. */
  noGroup: ReadonlySet<number>;
  /** Whether half of some photos were among those that the person could not tell a group's from. */
  wasUnsure: (photoIds: readonly number[], groupId: string) => boolean;
}

export function readAnswers(store: Store): Answers {
  const rows = store.db.prepare<[], { question: string; answer: string }>('SELECT question, answer FROM answers').all();
  const noGroup = new Set<number>();
  const unsure = new Map<string, Set<number>>();
  for (const { question, answer } of rows) {
    const [kind, ids, groupId] = question.split(':') as [string, string, string?];
    if (kind === 'form' && answer === 'no') ids.split('.').forEach((id) => noGroup.add(Number(id)));
    if (kind === 'place' && answer === 'unsure') {
      const known = unsure.get(groupId!) ?? new Set();
      ids.split('.').forEach((id) => known.add(Number(id)));
      unsure.set(groupId!, known);
    }
  }
  return {
    ...{ answered: new Set(rows.map(({ question }) => question)), noGroup },
    wasUnsure: (photoIds, groupId) => {
      const known = unsure.get(groupId);
      return known !== undefined && 2 * photoIds.filter((id) => known.has(id)).length >= photoIds.length;
    },
  };
}
