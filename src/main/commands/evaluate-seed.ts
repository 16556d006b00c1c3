import { trainDirectly } from '../scan/clustering/choosing/candidates';
import { predictProbs } from '../scan/clustering/heads/heads';
import { kmeans } from '../scan/clustering/choosing/kmeans';
import { type Matrix, normalizeRows, viewMatrix } from '../scan/math/matrix';
import { accuracy, ari, nmi } from '../scan/math/metrics';
import { argmaxRows } from '../scan/math/probs';
import { refineGroups } from '../scan/clustering/refine-groups';
import { selfLabel } from '../scan/self-label/self-label';
import { readGroups } from '../scan/clustering/clustering';
import type { StageContext } from '../run/stage-context';
import { cluster, tournamentData } from '../run/stages/cluster';
import type { Embedded } from '../run/stages/embed';
import { learnFeatures, type Learned, trunkViews } from '../run/stages/learn-features';
import { mineNeighbors, type Mined } from '../run/stages/mine-neighbors';
import { selfLabel as selfLabelStage } from '../run/stages/self-label';

export interface MethodScore {
  name: string;
  groups: number;
  acc: number;
  nmi: number;
  ari: number;
  /** Share of photos without a group. */
  unsorted: number;
  seconds: number;
}

/** Enough steps for the paper's loss to leave its poor local optima (too few steps are what hurts it). */
const SCAN_STEPS = 1000;
const NUM_HEADS = 20;
const NUM_RESTARTS = 10;

/** Every method of one seed on the same learned features. With a number of groups, all get it; with `auto`, the engine has to find it. */
export async function evaluateSeed(
  context: StageContext,
  embedded: Embedded,
  truth: Int32Array,
  numClasses: number,
): Promise<MethodScore[]> {
  const learned = await learnFeatures(context, embedded);
  const mined = await mineNeighbors(context, embedded, learned);
  const scores: MethodScore[] = [];
  const add = async (name: string, find: () => Promise<Int32Array>): Promise<void> => {
    const startedMs = performance.now();
    const labels = await find();
    scores.push(scoreOf(name, truth, labels, (performance.now() - startedMs) / 1000));
  };
  const { numGroups } = context.options;
  const numClusters = numGroups === 'auto' ? numClasses : numGroups;
  await add('kmeans', () => kmeansLabels(context, learned.vectors, numClusters));
  await add('kmeans-raw', () => kmeansLabels(context, trunkVectors(context, embedded), numClusters));
  if (numGroups === 'auto') await add('auto', () => autoLabels(context, learned, mined));
  else await addFixed(context, learned, mined, numGroups, add);
  return scores;
}

async function addFixed(
  context: StageContext,
  learned: Learned,
  mined: Mined,
  numGroups: number,
  add: (name: string, find: () => Promise<Int32Array>) => Promise<void>,
): Promise<void> {
  const data = await tournamentData(context, learned, mined);
  for (const objective of ['scan', 'temi'] as const) {
    const prefix = objective === 'scan' ? '' : 'temi-';
    let probs = new Float32Array(0);
    await add(objective, async () => {
      const trained = await trainDirectly(data, numGroups, { objective, steps: SCAN_STEPS, numHeads: NUM_HEADS });
      probs = Float32Array.from(await trained.probs());
      return trained.labels;
    });
    await add(`${prefix}self-label`, async () => {
      const { features, seed, engine, signal } = data;
      const { head } = await refineGroups(data, { probs, numGroups });
      const { heads } = await selfLabel({
        heads: head,
        head: 0,
        features,
        neighbors: mined.kept,
        seed,
        engine,
        signal,
      });
      return argmaxRows(await predictProbs(engine, heads, features, { views: 'mean' }), numGroups);
    });
  }
}

/** What a scan with `--groups auto` shows. */
async function autoLabels(context: StageContext, learned: Learned, mined: Mined): Promise<Int32Array> {
  const clustered = await cluster(context, learned, mined);
  const { clustering } = await selfLabelStage(context, learned, mined, clustered);
  const data = await tournamentData(context, learned, mined);
  return (await readGroups(data, clustering, context.options.detail)).labels;
}

async function kmeansLabels(context: StageContext, vectors: Matrix, numClusters: number): Promise<Int32Array> {
  const engine = await context.engine();
  const { seed } = context.options;
  const found = await kmeans({ vectors, numClusters, seed, engine, restarts: NUM_RESTARTS, signal: context.signal });
  return Int32Array.from(found.labels);
}

/** The trunk's own features of the canonical view, of length 1: what k-means gets without any learning. */
function trunkVectors(context: StageContext, embedded: Embedded): Matrix {
  const { values, columns, rows } = viewMatrix(trunkViews(context, embedded), 0);
  return { rows, columns, values: normalizeRows(values, columns) };
}

/** Photos without a group count as one group more: leaving photos out is not free. */
function scoreOf(name: string, truth: Int32Array, labels: Int32Array, seconds: number): MethodScore {
  const numGroups = Math.max(-1, ...new Set(labels)) + 1;
  const all = labels.map((label) => (label < 0 ? numGroups : label));
  return {
    name,
    groups: new Set(labels.filter((label) => label >= 0)).size,
    acc: accuracy(truth, all),
    nmi: nmi(truth, all),
    ari: ari(truth, all),
    unsorted: labels.filter((label) => label < 0).length / labels.length,
    seconds,
  };
}
