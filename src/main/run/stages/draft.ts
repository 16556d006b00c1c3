import type { Engine } from '../../scan/engine/engine';
import { type Matrix, normalizeRows, viewMatrix } from '../../scan/math/matrix';
import { draftGroups } from '../../scan/clustering/tournament';
import { applyWhitening, fitWhitening } from '../../scan/pretext/whiten';
import { findLookAlikes } from '../../scan/neighbors/find-look-alikes';
import { showGroups } from '../../scan/confident/show-groups';
import type { StageContext } from '../stage-context';
import { placeGroups } from './assign';
import type { Embedded } from './embed';
import { trunkViews } from './learn-features';

/**
 * A draft is for a library that has no groups yet; later runs keep showing what there is until they are done.
 *
 * @returns Whether there are groups now that were not there before.
 */
export async function draft(context: StageContext, firstLook: Embedded): Promise<boolean> {
  const { store, runId, options, signal } = context;
  if (firstLook.photoIds.length === 0 || store.placements.count() > 0) return false;
  context.progress.begin('embed', 'Drafting first groups', 0, { from: 0.3, to: 0.3 });
  const engine = await context.engine();
  const { seed } = options;
  const vectors = await draftVectors(context, firstLook, engine);
  const mined = await findLookAlikes({ vectors }, { engine, seed, signal });
  const { lists: neighbors, numNeighbors, kept: edges } = mined;
  const { labels, numGroups } = await draftGroups({ vectors, neighbors, numNeighbors, edges, seed, engine, signal });
  if (numGroups < 2) return false;
  const probs = new Float32Array(labels.length * numGroups);
  labels.forEach((label, photo) => {
    if (label >= 0) probs[photo * numGroups + label] = 1;
  });
  const shown = showGroups({ labels, probs, numGroups }, mined);
  placeGroups(store, runId, { photoIds: firstLook.photoIds, ...shown });
  store.runs.setHasDraft(runId);
  context.progress.setHasDraft();
  context.changed();
  return true;
}

/** Above this the directions in which photos differ most must do: all of them would take half a gigabyte and minutes. */
const MAX_WHOLE = 10_000;

/** Trunk features without their mean, which says nothing about any photo, at length 1. Shape: [N, F], or [N, W] in a large library. */
async function draftVectors(context: StageContext, firstLook: Embedded, engine: Engine): Promise<Matrix> {
  const views = trunkViews(context, { ...firstLook, numViews: 1 });
  if (views.numPhotos > MAX_WHOLE) {
    const { options, signal } = context;
    const whitening = await fitWhitening(views, { engine, seed: options.seed, signal });
    return viewMatrix(await applyWhitening(engine, whitening, views), 0);
  }
  const vectors = viewMatrix(views, 0);
  const { values, columns: width } = vectors;
  const mean = new Float64Array(width);
  const numRows = vectors.rows;
  for (let at = 0; at < values.length; at++) mean[at % width]! += values[at]! / numRows;
  for (let at = 0; at < values.length; at++) values[at]! -= mean[at % width]!;
  normalizeRows(values, width);
  return vectors;
}
