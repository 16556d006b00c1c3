import { RunEdits } from '../../groups/run-edits';
import type { Store } from '../../store/store';
import type { TasksOf } from './tasks-of';

/** Runs that are kept, and what they changed. */
export const runReads = (store: Store): TasksOf<'run.list' | 'run.diff' | 'run.report'> => ({
  'run.list': () => store.runHistory.kept(),
  'run.diff': ({ runId }) => {
    const id = runId ?? store.placements.newestRun();
    return id === null ? null : store.runHistory.diff(id);
  },
  'run.report': ({ runId }) => {
    const id = runId ?? store.runs.latest();
    return id === null ? null : store.runs.report(id);
  },
});

/** What the person makes of a run's result. */
export function runEdits(store: Store): TasksOf<'run.accept' | 'run.restore' | 'run.putBack'> {
  const edits = new RunEdits(store);
  return {
    'run.accept': () => ({ entry: edits.accept() }),
    'run.restore': ({ runId }) => ({ entry: edits.restore(runId) }),
    'run.putBack': ({ runId, groupId }) => ({ entry: edits.putBack(runId, groupId) }),
  };
}
