import { dirname } from 'node:path';

import type { ExportOptions, ExportPlan } from '@shared/model/export';
import type { HistoryEntry } from '@shared/model/history';

import { nameKey } from '../../export/safe-names';
import { GroupEdits } from '../../groups/edit-groups';
import type { NamesToRecord } from '../../groups/import-names';
import { LibraryExports } from '../library-exports';
import { findDamage } from '../../store/find-damage';
import { writeSafetyCopy } from '../../store/safety-copy';
import type { Store } from '../../store/store';
import { type AnswerPlan, recordAnswer, recordMoves } from '../../teach/answer-edits';
import type { Move } from '../../teach/teach';

/** Working out an export: it looks at every file, and writes the plan. */
export const planTasks = (store: Store) => {
  const exports = new LibraryExports(store, () => undefined);
  return { 'export.plan': (options: ExportOptions): Promise<ExportPlan> => exports.plan(options) };
};

/** Looks after the database itself. */
export const keepTasks = (store: Store) => ({
  'library.keepSafe': (): string | null =>
    writeSafetyCopy(store.db, dirname(store.db.name), () => findDamage(store.db.name) === null),
  'library.findDamage': (): string | null => findDamage(store.db.name),
});

/** Edits that are worked out elsewhere and only written here. */
export function ownEdits(store: Store) {
  const edits = new GroupEdits(store);
  return {
    'teach.record': (moves: readonly Move[]): HistoryEntry => recordMoves(store, moves),
    'question.record': (plan: AnswerPlan): HistoryEntry => recordAnswer(store, plan),
    'names.record': ({ nameByPhotoId, groupIdByKey }: NamesToRecord) =>
      edits.importNames(nameByPhotoId, (name) => groupIdByKey.get(nameKey(name)) ?? null),
  };
}
