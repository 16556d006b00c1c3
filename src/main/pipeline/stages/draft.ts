import { createMatrix, normalizeRows } from '../../ml/matrix';
import { draftGroups } from '../../ml/tournament';
import { chooseNumNeighbors, filterNeighbors, mineNeighbors } from '../../neighbors';
import type { StageContext } from '../stage-context';
import { placeGroups } from './assign';
import type { Embedded } from './embed';
import { loadViews } from './learn-features';
import { toGrouping } from './to-grouping';

/** A draft is for a library that has no groups yet; later runs keep showing what there is until they are done. */
export async function draft(context: StageContext, firstLook: Embedded): Promise<void> {
  const { store, runId, options, signal } = context;
  if (firstLook.photoIds.length === 0 || store.placements.count() > 0) return;
  context.progress.begin('embed', 'Drafting first groups', 0, { from: 0.3, to: 0.3 });
  const views = loadViews(context, firstLook);
  const vectors = createMatrix(views.numPhotos, views.width, centered(views.values, views.width));
  normalizeRows(vectors.values, vectors.columns);
  const numNeighbors = chooseNumNeighbors(vectors.rows);
  const engine = await context.engine();
  const { seed } = options;
  const lists = await mineNeighbors({ vectors, numNeighbors: 2 * numNeighbors, engine, seed, signal });
  const kept = filterNeighbors({ neighbors: lists, numNeighbors, vectors, seed });
  const { labels, numGroups } = await draftGroups({
    vectors,
    neighbors: lists,
    numNeighbors,
    edges: kept,
    seed,
    engine,
    signal,
  });
  if (numGroups < 2) return;
  const probs = new Float32Array(labels.length * numGroups);
  labels.forEach((label, photo) => {
    if (label >= 0) probs[photo * numGroups + label] = 1;
  });
  placeGroups(
    store,
    runId,
    toGrouping(firstLook.photoIds, { labels, probs, numGroups }, { lists, numNeighbors, kept }),
  );
  store.runs.setHasDraft(runId);
  context.progress.setHasDraft();
  context.changed();
}

/** Without the mean over all photos, which says nothing about any of them. */
function centered(values: Float16Array, width: number): Float32Array {
  const out = Float32Array.from(values);
  const mean = new Float64Array(width);
  const numRows = out.length / width;
  for (let at = 0; at < out.length; at++) mean[at % width]! += out[at]! / numRows;
  for (let at = 0; at < out.length; at++) out[at]! -= mean[at % width]!;
  return out;
}
