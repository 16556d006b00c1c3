import { type TournamentData, trainDirectly } from '../scan/clustering/choosing/candidates';
import { predictProbs } from '../scan/clustering/heads/heads';
import { kmeans } from '../scan/clustering/choosing/kmeans';
import { type AnyViewSet, type Matrix, normalizeRows, viewMatrix } from '../scan/math/matrix';
import { accuracy, ari, nmi } from '../scan/math/metrics';
import { argmaxRows } from '../scan/math/probs';
import { refineGroups } from '../scan/clustering/refine-groups';
import { methodSteps, runMethod } from '../scan/run-method';
import type { StageContext } from '../run/stage-context';
import type { Embedded } from '../run/stages/embed';
import { unitInput } from '../run/stages/join-units';
import { trunkViews } from '../run/stages/learn-features';

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

/**
 * Every method of one seed. `auto` or `as-scanned` is what a scan shows, from bursts to Unsorted; the others work on the units and features
 * that it found. With a number of groups, all get it; with `auto`, the engine has to find it.
 */
export async function evaluateSeed(
  context: StageContext,
  embedded: Embedded,
  truth: Int32Array,
  numClasses: number,
): Promise<MethodScore[]> {
  const { store, options, signal } = context;
  const { numGroups } = options;
  const engine = await context.engine();
  const viewsOf = (photoIds: readonly number[]) => trunkViews(context, { ...embedded, photoIds: [...photoIds] });
  const startedMs = performance.now();
  const scanned = await runMethod(
    unitInput(store, embedded),
    (photos) => viewsOf(Array.from(photos, (photo) => embedded.photoIds[photo]!)),
    { ...options, engine, signal },
  );
  const scannedSeconds = (performance.now() - startedMs) / 1000;
  const { data, units } = scanned;
  const scores: MethodScore[] = [];
  const add = async (name: string, find: () => Promise<Int32Array>): Promise<void> => {
    const startedMs = performance.now();
    const labels = await find();
    const seconds = (performance.now() - startedMs) / 1000;
    const ofPhotos = Int32Array.from(units.unitIndex, (unit) => labels[unit]!);
    scores.push(scoreOf(name, truth, ofPhotos, seconds));
  };
  const numClusters = numGroups === 'auto' ? numClasses : numGroups;
  const unitIds = Array.from(units.representatives, (photo) => embedded.photoIds[photo]!);
  const raw = canonicalView(viewsOf(unitIds));
  await add('kmeans', () => kmeansLabels(data, data.vectors, numClusters));
  await add('kmeans-raw', () => kmeansLabels(data, raw, numClusters));
  if (numGroups !== 'auto') await addFixed(data, numGroups, add);
  scores.push(scoreOf(numGroups === 'auto' ? 'auto' : 'as-scanned', truth, scanned.labels, scannedSeconds));
  return scores;
}

async function addFixed(
  data: TournamentData,
  numGroups: number,
  add: (name: string, find: () => Promise<Int32Array>) => Promise<void>,
): Promise<void> {
  for (const objective of ['scan', 'temi'] as const) {
    const prefix = objective === 'scan' ? '' : 'temi-';
    const trained = { probs: new Float32Array(0), stability: null as number | null };
    await add(objective, async () => {
      const found = await trainDirectly(data, numGroups, { objective, steps: SCAN_STEPS, numHeads: NUM_HEADS });
      trained.probs = Float32Array.from(await found.probs());
      trained.stability = found.agreement;
      return found.labels;
    });
    await add(`${prefix}self-label`, async () => {
      const { head } = await refineGroups(data, { probs: trained.probs, numGroups });
      const found = { head, stability: trained.stability };
      const refinement = await methodSteps.refineHead(data, found, await methodSteps.findTeachers(data, found));
      const probs = await predictProbs(data.engine, refinement.head ?? head, data.features, { views: 'mean' });
      return argmaxRows(probs, numGroups);
    });
  }
}

async function kmeansLabels(
  { engine, seed, signal }: TournamentData,
  vectors: Matrix,
  numClusters: number,
): Promise<Int32Array> {
  const found = await kmeans({ vectors, numClusters, seed, engine, restarts: NUM_RESTARTS, signal });
  return Int32Array.from(found.labels);
}

/** The trunk's own features of the canonical view, of length 1: what k-means gets without any learning. */
function canonicalView(views: AnyViewSet): Matrix {
  const { values, columns, rows } = viewMatrix(views, 0);
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
