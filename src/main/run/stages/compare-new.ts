import { applyFeatureModel, decodeFeatureModel, photoVectors } from '../../scan/pretext/feature-model';
import { createMatrix, type Matrix } from '../../scan/math/matrix';
import type { NeighborLists } from '../../scan/neighbors/neighbor-lists';
import { extendNeighbors } from '../../scan/neighbors';
import type { StageContext } from '../stage-context';
import type { BaseRun } from './base-run';
import type { Embedded } from './embed';
import { trunkViews } from './learn-features';

/** Every unit that was ever compared under a feature model, new ones included, in the order of ids. */
export interface Compared {
  unitIds: number[];
  /** Rows of length 1. Shape: [M, D]. */
  vectors: Matrix;
  /** 2K ranks. */
  lists: NeighborLists;
}

/**
 * Gives units that have none a vector by a run's feature model, and everyone's neighbour lists what is new. Both are kept, so that questions,
 * splits and corrections know the new photos too.
 *
 * @param isNew Tells of a stand-in whether the run learned without any photo of its unit.
 */
export async function compareNew(
  context: StageContext,
  standIns: Embedded,
  { head, featureModel }: BaseRun,
  isNew: (unitId: number) => boolean,
): Promise<Compared> {
  const { store, signal } = context;
  const known = store.learned.vectors(head.featureModelId);
  const knownIds = new Set(known.photoIds);
  const addedIds = standIns.photoIds.filter((id) => !knownIds.has(id)).sort((a, b) => a - b);
  const unitIds = [...known.photoIds, ...addedIds].sort((a, b) => a - b);
  const indexByUnitId = new Map(unitIds.map((id, index) => [id, index]));
  const vectors = createMatrix(unitIds.length, head.width);
  const put = (ids: readonly number[], values: Float32Array): void =>
    ids.forEach((id, row) => {
      const vector = values.subarray(row * head.width, (row + 1) * head.width);
      vectors.values.set(vector, indexByUnitId.get(id)! * head.width);
    });
  put(known.photoIds, known.values);
  const lists = loadLists(context, head.featureModelId, known.photoIds, indexByUnitId);
  if (addedIds.length === 0) return { unitIds, vectors, lists };

  const engine = await context.engine();
  const views = trunkViews(context, { ...standIns, photoIds: addedIds, numViews: 1 });
  const features = await applyFeatureModel(engine, decodeFeatureModel(featureModel), views);
  const addedVectors = photoVectors(features);
  put(addedIds, addedVectors.values);
  const added = addedIds.map((id) => indexByUnitId.get(id)!);
  const changed = await extendNeighbors({ vectors, lists, added, engine, signal });
  // The lists first: a photo with a vector has its list.
  store.learned.putNeighbors(head.featureModelId, listsOf(lists, changed, unitIds));
  store.learned.putVectors(head.featureModelId, addedIds, addedVectors, isNew);
  return { unitIds, vectors, lists };
}

/** The kept lists of photos with a vector, and nothing but such photos in them: what a killed run wrote of others is written again. */
function loadLists(
  { store }: StageContext,
  featureModelId: number,
  knownIds: readonly number[],
  indexByUnitId: ReadonlyMap<number, number>,
): NeighborLists {
  const isKnown = new Set(knownIds);
  const rows = knownIds.map((id) => store.learned.neighbors(featureModelId, id));
  const numNeighbors = Math.max(0, ...rows.slice(0, 100).map((row) => row?.neighborIds.length ?? 0));
  const indices = new Int32Array(indexByUnitId.size * numNeighbors).fill(-1);
  const similarities = new Float32Array(indices.length).fill(-1);
  knownIds.forEach((id, at) => {
    const row = rows[at];
    let to = indexByUnitId.get(id)! * numNeighbors;
    row?.neighborIds.subarray(0, numNeighbors).forEach((neighborId, rank) => {
      if (!isKnown.has(neighborId)) return;
      indices[to] = indexByUnitId.get(neighborId)!;
      similarities[to++] = row.similarities[rank]!;
    });
  });
  return { numPhotos: indexByUnitId.size, numNeighbors, indices, similarities };
}

function* listsOf(
  { numNeighbors, indices, similarities }: NeighborLists,
  units: readonly number[],
  unitIds: readonly number[],
): Generator<{ photoId: number; neighborIds: Int32Array; similarities: Float32Array }> {
  for (const unit of units) {
    const start = unit * numNeighbors;
    const neighborIds = indices
      .subarray(start, start + numNeighbors)
      .filter((index) => index >= 0)
      .map((index) => unitIds[index]!);
    yield { photoId: unitIds[unit]!, neighborIds, similarities: similarities.slice(start, start + neighborIds.length) };
  }
}
