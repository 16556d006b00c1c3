import { LEARNING_VERSION } from '../learning-hash';
import type { RunHead } from '../../store/run-heads';
import type { StageContext } from '../stage-context';

/** The run whose groups are shown, when new photos can be placed by what it learned. */
export interface BaseRun {
  runId: number;
  head: RunHead;
  /** See ml/feature-model.ts. */
  featureModel: Uint8Array;
}

const SETTINGS = ['seed', 'numGroups', 'detail', 'engine', 'trunk', 'numViews'] as const;

/** Null where there is nothing to place by, or where another learning was asked for. */
export function findBaseRun({ store, options, runId: ownId }: StageContext): BaseRun | null {
  const runId = store.placements.shownRun();
  // A run that was killed before its end finishes the learning that it began.
  if (options.relearn || runId === null || runId === ownId || store.runs.state(runId) !== 'done') return null;
  const before = store.runs.options(runId);
  if (SETTINGS.some((name) => before[name] !== options[name])) return null;
  if (store.trees.current()?.detail !== options.detail) return null;
  const head = store.heads.get(runId);
  const featureModel = head && store.learned.featureModelOf(head.featureModelId);
  if (!head || !featureModel || head.learningVersion !== LEARNING_VERSION) return null;
  return { runId, head, featureModel };
}
