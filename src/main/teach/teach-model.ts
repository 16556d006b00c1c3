import type { Merge } from '../scan/clustering/merge-tree/agglomerate';
import { createMatrix, type Matrix } from '../scan/math/matrix';
import { joinNeighbors, type NeighborGraph } from '../scan/after/propagate';
import type { RunHead } from '../store/run-heads';
import type { Store } from '../store/store';

/** What stays the same between two runs: features, neighbours and the head of the run that is shown. */
export interface TeachModel {
  head: RunHead;
  /** The photo that stands for each unit, in the order of ids. Shape: [M]. */
  unitIds: readonly number[];
  indexByUnitId: ReadonlyMap<number, number>;
  /** Rows of length 1. Shape: [M, D]. */
  vectors: Matrix;
  /** Nearest units, nearest first; −1 where there are fewer. Shape: [M, K]. */
  neighbors: Int32Array;
  numNeighbors: number;
  graph: NeighborGraph;
  /** What was spread last for each group: most answers touch two or three. */
  spreads: Map<string, { sources: Float32Array; mass: Float32Array }>;
  /** Leaf of the run's tree that each unit lies in, −1 for none. Shape: [M]. */
  leaves: Int32Array;
  /** How the leaves come together, the most alike first. */
  merges: readonly Merge[];
}

/** Votes of this many nearest photos are heard. */
const MAX_NEIGHBORS = 32;

/** Loads what corrections are taught on; null where the run that is shown left no head. */
export function loadTeachModel(store: Store): TeachModel | null {
  const runId = store.placements.shownRun();
  const head = runId === null ? undefined : store.heads.get(runId);
  if (!head) return null;
  const { photoIds, width, values } = store.learned.vectors(head.featureModelId);
  if (photoIds.length === 0 || width !== head.width) return null;
  const vectors = createMatrix(photoIds.length, width, values);
  const indexByUnitId = new Map(photoIds.map((id, index) => [id, index]));
  const near = neighborsOf(store, head.featureModelId, photoIds, indexByUnitId);
  return {
    ...{ head, unitIds: photoIds, indexByUnitId, vectors },
    ...near,
    graph: joinNeighbors(near.neighbors, near.numNeighbors),
    spreads: new Map(),
    ...treeOf(store, runId!, indexByUnitId),
  };
}

function treeOf(
  store: Store,
  runId: number,
  indexByUnitId: ReadonlyMap<number, number>,
): Pick<TeachModel, 'leaves' | 'merges'> {
  const leaves = new Int32Array(indexByUnitId.size).fill(-1);
  const rows = store.db
    .prepare<[number], { photo_id: number; leaf: number }>(
      'SELECT photo_id, leaf FROM placements WHERE run_id = ? AND leaf IS NOT NULL',
    )
    .all(runId);
  for (const { photo_id: photoId, leaf } of rows) {
    const unit = indexByUnitId.get(photoId);
    if (unit !== undefined) leaves[unit] = leaf;
  }
  return { leaves, merges: store.trees.current()?.tree.merges ?? [] };
}

function neighborsOf(
  store: Store,
  featureModelId: number,
  unitIds: readonly number[],
  indexByUnitId: ReadonlyMap<number, number>,
): { neighbors: Int32Array; numNeighbors: number } {
  const lists = unitIds.map((id) => store.learned.neighbors(featureModelId, id)?.neighborIds ?? new Int32Array(0));
  const numNeighbors = Math.min(MAX_NEIGHBORS, Math.max(1, ...lists.slice(0, 100).map((list) => list.length)));
  const neighbors = new Int32Array(unitIds.length * numNeighbors).fill(-1);
  lists.forEach((list, unit) => {
    let at = unit * numNeighbors;
    for (const id of list.subarray(0, numNeighbors)) {
      const index = indexByUnitId.get(id);
      if (index !== undefined) neighbors[at++] = index;
    }
  });
  return { neighbors, numNeighbors };
}

/** Keeps one model for as long as the run that is shown stays the same and no photos come. */
export class TeachModelCache {
  private runId: number | null = null;
  private model: TeachModel | null = null;

  get(store: Store): TeachModel | null {
    const runId = store.placements.shownRun();
    const { model } = this;
    const isSame = runId === this.runId && model && numVectors(store, model) === model.unitIds.length;
    if (!isSame) {
      this.model = loadTeachModel(store);
      this.runId = runId;
    }
    return this.model;
  }
}

function numVectors(store: Store, { head }: TeachModel): number {
  return store.learned.numVectors(head.featureModelId);
}
