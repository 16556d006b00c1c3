import type { AppContract } from '@shared/ipc/contract';
import type { Handlers } from '@shared/ipc/define';

import type { Store } from '../../store/store';
import { groupEdits, groupReads } from './group-tasks';
import { keepTasks, ownEdits, planTasks } from './own-tasks';
import { photoEdits, photoReads } from './photo-tasks';
import { runEdits, runReads } from './run-tasks';

/**
 * @file What is asked of a library's tables.
 *
 * [Note: The host waits for no table] With 100,000 photos, counting takes a tenth of a second and moving thousands of photos a whole one.
 * So each of these runs on a thread with its own connection: reads on one, the person's edits, one after another, on another. Readers do
 * not wait for writers (WAL), and whoever was answered that an edit is done finds it done. The host itself reads a row or a few.
 */

/** Each answers from one state of the library, whatever is written meanwhile. */
export function readTasks(store: Store) {
  return { ...groupReads(store), ...photoReads(store), ...runReads(store) };
}

/** Each is one transaction. */
export function editTasks(store: Store) {
  return { ...groupEdits(store), ...photoEdits(store), ...runEdits(store), ...ownEdits(store) };
}

/** Every task. */
export function allTasks(store: Store) {
  return { ...readTasks(store), ...editTasks(store), ...planTasks(store), ...keepTasks(store) };
}

export type Tasks = ReturnType<typeof allTasks>;
export type TaskName = keyof Tasks;
export type TaskInput<K extends TaskName> = Parameters<Tasks[K]>[0];
export type TaskOutput<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;

/** Procedures of the contract that are tasks as they are. */
export type TaskProcedure = Extract<TaskName, keyof Handlers<AppContract>>;

export type ThreadName = 'reader' | 'slowReader' | 'editor' | 'planner';

/** The thread each task runs on; slow reads have one to themselves, so that nobody scrolling waits for them. */
export const threadOfTask: Record<TaskName, ThreadName> = {
  'group.list': 'reader',
  'group.photos': 'reader',
  'group.detail': 'reader',
  'history.list': 'reader',
  'history.revertible': 'reader',
  'photo.find': 'slowReader',
  'photo.get': 'reader',
  'photo.neighbors': 'reader',
  'photo.problems': 'reader',
  'photo.leftOut': 'reader',
  'run.report': 'reader',
  'run.list': 'slowReader',
  'run.diff': 'slowReader',
  'group.setDetail': 'editor',
  'group.rename': 'editor',
  'group.setCover': 'editor',
  'group.create': 'editor',
  'group.merge': 'editor',
  'group.split': 'editor',
  'group.setHidden': 'editor',
  'group.setPinned': 'editor',
  'history.revert': 'editor',
  'history.undo': 'editor',
  'history.redo': 'editor',
  'photo.move': 'editor',
  'photo.remove': 'editor',
  'photo.confirm': 'editor',
  'photo.together': 'editor',
  'photo.apart': 'editor',
  'photo.retry': 'editor',
  'run.accept': 'editor',
  'run.restore': 'editor',
  'run.putBack': 'editor',
  'teach.record': 'editor',
  'question.record': 'editor',
  'names.record': 'editor',
  'export.plan': 'planner',
  'library.keepSafe': 'slowReader',
  'library.findDamage': 'slowReader',
};
