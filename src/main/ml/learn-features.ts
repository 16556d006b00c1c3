import { applyAdapter, type Adapter } from './adapter';
import { judgeAdapter, type GateReport } from './adapter-gate';
import type { Engine } from './engine';
import { concatenateFeatures, type FeatureModel } from './feature-model';
import { selectPhotos, selectViews, type AnyViewSet } from './matrix';
import type { OnProgress } from './pace';
import { createRandom, deriveSeed } from './random';
import { chooseAdapterSteps, trainAdapter } from './train-adapter';
import { applyWhitening, fitWhitening } from './whiten';

export interface LearnFeaturesOptions {
  /** Trunk features. Shape: [V, N, D]. */
  views: AnyViewSet;
  /** Unit (burst or duplicate set) of each photo. Shape: [N]. */
  unitIndex?: Int32Array;
  seed: number;
  engine: Engine;
  /** Steps of the adapter's training. */
  adapterSteps?: number;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

/** Plain JSON for the run report. */
export interface LearnFeaturesReport {
  numPhotos: number;
  numViews: number;
  adapter: { adopted: boolean; reason: string; steps?: number; gate?: GateReport };
  seconds: { whitening: number; adapter: number; gate: number };
}

/** Below this the adapter learns its few photos by heart. */
const minPhotosForAdapter = 500;
/** Photos the adapter trains on at most, and photos kept aside to judge it. */
const maxTrained = 8000;
const maxHeldOut = 1000;
/** Steps of the short training that goes before a long one. */
const pilotSteps = 200;

/**
 * Learns features from the library's own photos: whitening always, the adapter where label-free checks on photos and a view
 * kept out of its training say that it helps.
 */
export async function learnFeatures(
  options: LearnFeaturesOptions,
): Promise<{ model: FeatureModel; report: LearnFeaturesReport }> {
  const { views, seed, engine, signal } = options;
  const seconds = { whitening: 0, adapter: 0, gate: 0 };
  const watch = createWatch();
  const whitening = await fitWhitening(views, { engine, seed, signal });
  seconds.whitening = watch();
  const report: LearnFeaturesReport = {
    numPhotos: views.numPhotos,
    numViews: views.numViews,
    adapter: { adopted: false, reason: '' },
    seconds,
  };
  if (views.numPhotos < minPhotosForAdapter || views.numViews < 3) {
    const few =
      views.numPhotos < minPhotosForAdapter ? `fewer than ${minPhotosForAdapter} photos` : 'fewer than three views';
    report.adapter.reason = `${few}: whitening alone`;
    options.onProgress?.(1, 1);
    return { model: { whitening }, report };
  }

  const { trained, heldOut } = splitPhotos(views.numPhotos, options.unitIndex, seed);
  const numTrainedViews = views.numViews > 3 ? views.numViews - 1 : views.numViews;
  const trainedViews = Array.from({ length: numTrainedViews }, (_, v) => v);
  const unitIndex = options.unitIndex && Int32Array.from(trained, (photo) => options.unitIndex![photo]!);
  const trainedOn = selectViews(selectPhotos(views, trained), trainedViews);
  const judged = selectPhotos(views, heldOut);
  // The whitening it is compared with must not have seen the judging photos either; with many photos that makes no difference.
  const isLarge = views.numPhotos > maxTrained;
  const judgedWhitening = isLarge ? whitening : await fitWhitening(trainedOn, { engine, seed, signal });
  const whitened = await applyWhitening(engine, judgedWhitening, judged);
  seconds.gate = watch();

  // Most refusals show after a short training, so that the long one is spent only where it may pay.
  const fullSteps = options.adapterSteps ?? chooseAdapterSteps(trained.length);
  const trials = fullSteps > 2 * pilotSteps ? [pilotSteps, fullSteps] : [fullSteps];
  let adapter: Adapter | undefined;
  for (const [trial, steps] of trials.entries()) {
    const onProgress = (done: number, total: number): void =>
      options.onProgress?.(trial * total + done, trials.length * total);
    adapter = await trainAdapter({ views: trainedOn, unitIndex, seed, engine, steps, signal, onProgress });
    seconds.adapter += watch();
    const withAdapter = concatenateFeatures(whitened, await applyAdapter(engine, adapter, judged));
    const gate = await judgeAdapter(engine, whitened, withAdapter, Math.min(10, Math.ceil(heldOut.length / 20)));
    seconds.gate += watch();
    report.adapter = { adopted: gate.adopted, reason: gate.reason, steps, gate };
    if (!gate.adopted) break;
  }
  options.onProgress?.(1, 1);
  return { model: report.adapter.adopted ? { whitening, adapter } : { whitening }, report };
}

/** A random sixth of the photos judges, the rest trains; a unit goes to one side as a whole. */
function splitPhotos(numPhotos: number, unitIndex: Int32Array | undefined, seed: number) {
  const numUnits = unitIndex ? unitIndex.reduce((most, unit) => Math.max(most, unit), 0) + 1 : numPhotos;
  const random = createRandom(deriveSeed(seed, 'adapter', 'held-out'));
  const isHeldOut = Uint8Array.from({ length: numUnits }, () => (random.uniform() < 1 / 6 ? 1 : 0));
  const trained: number[] = [];
  const heldOut: number[] = [];
  for (const photo of random.permutation(numPhotos)) {
    const side = isHeldOut[unitIndex?.[photo] ?? photo] ? heldOut : trained;
    if (side.length < (side === heldOut ? maxHeldOut : maxTrained)) side.push(photo);
  }
  return { trained: trained.sort((a, b) => a - b), heldOut: heldOut.sort((a, b) => a - b) };
}

function createWatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const passed = (now - last) / 1000;
    last = now;
    return passed;
  };
}
