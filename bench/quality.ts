/**
 * @file How good the groups are, against hidden truth and against other methods on the same features.
 *
 *   npm run -s bench:quality -- --json [--seeds 5] [--sets tiny,things] [--variants balanced,zipf] [--methods auto,kmeans-true]
 *     [--photos ../shared/photos] [--trunk ID] [--embeddings DIR]
 *
 * `--embeddings` takes `<name>.f32` and `<name>.json` from a folder instead of embedding the photos (see quality/embeddings.ts).
 */
import { join, resolve } from 'node:path';

import { openEngine } from '@main/scan/engine/engine';
import { accuracy, ari, ece, matchGroupsToClasses, nmi } from '@main/scan/math/metrics';
import { DEFAULT_TRUNK } from '@shared/model/run';

import { makeAlike } from './quality/alike';
import {
  agglomerative,
  hdbscan,
  kmeansMerge,
  kmeansRaw,
  kmeansTrue,
  kmeansWhitened,
  louvainOnGraph,
  type Method,
} from './quality/baselines';
import { groupWithBursts, makeBursts } from './quality/bursts';
import { embedFolder, readEmbeddings, trunkFor, type LabelledViews } from './quality/embeddings';
import { group, prepare, type Grouped } from './quality/engine-methods';
import { makeSet, mixSets, numClasses, VARIANTS, type QualitySet } from './quality/sets';
import { umapDbscan, umapHdbscan, umapKmeans } from './quality/umap';
import { atLeast, atMost, median, numberOption, printBench, round, textOption, type Bar } from './report';

const numSeeds = numberOption('seeds', 5);
const baseNames = (textOption('sets') ?? 'tiny,things,places,skies,clothes,mixture').split(',');
const wantedVariants = (textOption('variants') ?? [...VARIANTS, 'bursts', 'unrelated'].join()).split(',');
const variants = VARIANTS.filter((variant) => wantedVariants.includes(variant));
const photosDir = resolve(textOption('photos') ?? join(import.meta.dirname, '..', '..', 'shared', 'photos'));
const baselines: Record<string, Method> = {
  'kmeans-true': kmeansTrue,
  'kmeans-whitened': kmeansWhitened,
  'kmeans-raw': kmeansRaw,
  'kmeans-merge': kmeansMerge,
  hdbscan,
  louvain: louvainOnGraph,
  agglomerative,
  'umap-kmeans-true': umapKmeans,
  'umap-dbscan': umapDbscan,
  'umap-hdbscan': umapHdbscan,
};
const wanted = textOption('methods')?.split(',') ?? ['auto', 'true', ...Object.keys(baselines)];
/** What the automatic mode must beat: methods that find the number of groups themselves. */
const rivals = ['kmeans-merge', 'louvain', 'hdbscan', 'agglomerative', 'umap-dbscan', 'umap-hdbscan'];
/** Methods without a start to draw: on a set that is the same for every seed once is enough. */
const isSeedless = new Set(['hdbscan', 'agglomerative']);

interface Measures {
  groups: number;
  acc: number;
  nmi: number;
  ari: number;
  unsorted: number;
}

interface Score extends Measures {
  set: string;
  method: string;
  seed: number;
  seconds: number;
  [extra: string]: number | string | null;
}

const embeddingsDir = textOption('embeddings');

/** All collections as one library. */
const MIXTURE = 'mixture';
const MIXED = ['tiny', 'things', 'places', 'skies', 'clothes'];

/** The trunk of a set; where embeddings are given they say nothing of theirs. Most photos of the mixture are full-size. */
async function trunkOf(name: string): Promise<string> {
  if (name === MIXTURE) return textOption('trunk') ?? DEFAULT_TRUNK;
  return embeddingsDir ? '' : trunkFor(join(photosDir, name));
}

async function load(name: string, trunk: string): Promise<LabelledViews> {
  if (name === MIXTURE) {
    const parts: LabelledViews[] = [];
    for (const mixed of MIXED) parts.push(await load(mixed, trunk));
    return mixSets(parts);
  }
  return embeddingsDir ? readEmbeddings(embeddingsDir, name) : embedFolder(join(photosDir, name), name, trunk);
}

/** Other pictures as small as the set's own. */
async function loadAlike(name: string, trunk: string): Promise<LabelledViews | null> {
  return embeddingsDir || name === MIXTURE
    ? null
    : makeAlike(join(photosDir, 'unrelated'), join(photosDir, name), name, trunk);
}

function scoreOf(set: QualitySet, labels: ArrayLike<number>): Measures {
  const real = [...set.truth.keys()].filter((photo) => !set.isJunk[photo]);
  const truth = real.map((photo) => set.truth[photo]!);
  const own = real.map((photo) => labels[photo]!);
  return {
    groups: new Set(own.filter((label) => label >= 0)).size,
    ...{ acc: accuracy(truth, own), nmi: nmi(truth, own), ari: ari(truth, own) },
    unsorted: own.filter((label) => label < 0).length / own.length,
  };
}

/** How the judge's opinion of the groupings it chose from goes with the truth. */
function scoreOfJudge(set: QualitySet, { candidates }: Grouped): Record<string, number> {
  if (candidates.length === 0) return {};
  const truths = candidates.map(({ labels }) => scoreOf(set, labels).ari);
  const judged = candidates.map(({ judgement }) => judgement.score);
  return { numCandidates: candidates.length, bestAri: Math.max(...truths), correlation: correlation(judged, truths) };
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const meanX = mean(xs);
  const meanY = mean(ys);
  const sum = (f: (i: number) => number): number => xs.reduce((total, _, i) => total + f(i), 0);
  const both = sum((i) => (xs[i]! - meanX) * (ys[i]! - meanY));
  return both / Math.sqrt(sum((i) => (xs[i]! - meanX) ** 2) * sum((i) => (ys[i]! - meanY) ** 2));
}

function deviationOf(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Calibration and trays, for what is shown. */
function scoreOfShown(set: QualitySet, { shown, clustering }: Grouped): Record<string, number | string | null> {
  const facts = { verdict: clustering.verdict, chosen: clustering.chosen, score: clustering.score };
  if (clustering.verdict !== 'groups') return facts;
  const classByGroup = matchGroupsToClasses(set.truth, shown.nearestGroups);
  const isRight = Array.from(set.truth, (label, photo) => classByGroup.get(shown.nearestGroups[photo]!) === label);
  const placed = [...set.truth.keys()].filter((photo) => shown.labels[photo]! >= 0);
  const sure = placed.filter((photo) => shown.confidences[photo]! >= 0.8);
  const isDoubted = (photo: number): boolean => shown.labels[photo]! < 0 || shown.confidences[photo]! < 0.5;
  const shareOf = (photos: number[], test: (photo: number) => boolean): number | null =>
    photos.length === 0 ? null : photos.filter(test).length / photos.length;
  const all = [...set.truth.keys()];
  return {
    ...facts,
    shownUnsorted: shareOf(all, (photo) => shown.labels[photo]! < 0),
    ece: ece(
      placed.map((photo) => shown.confidences[photo]!),
      placed.map((photo) => isRight[photo]!),
    ),
    sureShare: sure.length / set.truth.length,
    surePrecision: shareOf(sure, (photo) => isRight[photo]!),
    junkDoubted: shareOf(
      all.filter((photo) => set.isJunk[photo]),
      isDoubted,
    ),
    realDoubted: shareOf(
      all.filter((photo) => !set.isJunk[photo]),
      isDoubted,
    ),
    realUnsorted: shareOf(
      all.filter((photo) => !set.isJunk[photo]),
      (photo) => shown.labels[photo]! < 0,
    ),
  };
}

const engine = await openEngine('auto');
const scores: Score[] = [];
for (const baseName of baseNames) {
  const trunk = await trunkOf(baseName);
  const base = await load(baseName, trunk);
  const junk = await load('unrelated', trunk);
  const alike = wantedVariants.includes('junk-alike') ? await loadAlike(baseName, trunk) : null;
  for (const variant of variants) {
    const others = variant === 'junk-alike' ? alike : junk;
    if (!others) continue;
    for (let seed = 1; seed <= numSeeds; seed++) {
      const set = makeSet(base, others, variant, seed);
      const data = await prepare(set.views, seed, engine);
      const classes = numClasses(set.truth.filter((_, photo) => !set.isJunk[photo]));
      const add = (method: string, startedMs: number, labels: ArrayLike<number>, extra = {}): void => {
        const seconds = (performance.now() - startedMs) / 1000;
        const score = { set: `${baseName}-${variant}`, method, seed, ...scoreOf(set, labels), seconds, ...extra };
        scores.push(score);
        const { ari: found, groups } = score;
        console.error(`${score.set} ${seed} ${method.padEnd(14)} ARI ${found.toFixed(3)} groups ${groups}`, extra);
      };
      for (const ask of ['auto', 'true'] as const) {
        if (!wanted.includes(ask)) continue;
        const startedMs = performance.now();
        const grouped = await group(data, ask === 'auto' ? 'auto' : classes);
        add(ask, startedMs, grouped.found, ask === 'auto' ? scoreOfJudge(set, grouped) : {});
        add(`${ask}, self-labelled`, startedMs, grouped.refined, scoreOfShown(set, grouped));
      }
      for (const [name, method] of Object.entries(baselines)) {
        if (!wanted.includes(name) || (isSeedless.has(name) && variant === 'balanced' && seed > 1)) continue;
        const startedMs = performance.now();
        add(name, startedMs, await method({ ...data, trunkViews: set.views }, classes));
      }
    }
  }
}

/** Changes of ARI that bursts make, by set: joined into units, and not. */
const burstChanges: { set: string; seed: number; joined: number; unjoined: number; numUnits: number }[] = [];
if (wantedVariants.includes('bursts') && !embeddingsDir) {
  for (const baseName of baseNames.filter((name) => name !== MIXTURE)) {
    const trunk = await trunkOf(baseName);
    const base = await load(baseName, trunk);
    const bursts = await makeBursts(join(photosDir, baseName), baseName, trunk);
    for (let seed = 1; seed <= numSeeds; seed++) {
      const plain = await group(await prepare(base.views, seed, engine), 'auto');
      const joined = await groupWithBursts(base, bursts, { seed, engine, joinsUnits: true });
      const unjoined = await groupWithBursts(base, bursts, { seed, engine, joinsUnits: false });
      const change = (labels: Int32Array): number => ari(base.truth, labels) - ari(base.truth, plain.refined);
      const found = { joined: change(joined.labels), unjoined: change(unjoined.labels), numUnits: joined.numUnits };
      burstChanges.push({ set: baseName, seed, ...found });
      console.error(`${baseName}-bursts ${seed}`, found);
    }
  }
}

function meanOf(set: string, method: string, key: string): number {
  const values = scores
    .filter((score) => score.set === set && score.method === method)
    .map((score) => score[key])
    .filter((value): value is number => typeof value === 'number');
  return mean(values);
}

const bars: Bar[] = [];
const limits: Record<string, number> = {
  'tiny-balanced': 0.46,
  'things-balanced': 0.94,
  'things-zipf': 0.78,
  'things-zipf-by-name': 0.78,
  'skies-balanced': 0.45,
  'clothes-balanced': 0.48,
  'places-balanced': 0.85,
};
for (const [set, limit] of Object.entries(limits)) {
  if (!scores.some((score) => score.set === set && score.method === 'auto')) continue;
  const method = 'auto, self-labelled';
  bars.push(atLeast(`${set}: ARI, automatic count`, meanOf(set, method, 'ari'), limit));
  bars.push(atMost(`${set}: ARI lost by the judge`, meanOf(set, 'auto', 'bestAri') - meanOf(set, 'auto', 'ari'), 0.04));
  bars.push(atMost(`${set}: calibration error`, meanOf(set, method, 'ece'), 0.08));
  if (set.startsWith('tiny') || set.startsWith('things')) {
    const sureLimit = set.startsWith('tiny') ? 0.8 : 0.9;
    bars.push(atLeast(`${set}: precision of sure`, meanOf(set, method, 'surePrecision'), sureLimit));
  }
  if (['tiny-balanced', 'things-balanced'].includes(set)) {
    bars.push(atMost(`${set}: groups off the truth`, Math.abs(meanOf(set, method, 'groups') - 10), 3));
  }
}
for (const [set, limit] of [
  ['tiny-balanced', 0.69],
  ['things-balanced', 0.975],
  ['skies-balanced', 0.8],
  ['clothes-balanced', 0.62],
] as const) {
  if (!scores.some((score) => score.set === set && score.method === 'true')) continue;
  bars.push(atLeast(`${set}: ACC, true count, self-labelled`, meanOf(set, 'true, self-labelled', 'acc'), limit));
  if (set !== 'tiny-balanced') continue;
  for (const [features, names] of [
    ['whitened or raw', ['kmeans-whitened', 'kmeans-raw']],
    ['learned', ['kmeans-true']],
  ] as const) {
    if (!names.every((name) => wanted.includes(name))) continue;
    const gain = meanOf(set, 'true, self-labelled', 'acc') - Math.max(...names.map((name) => meanOf(set, name, 'acc')));
    bars.push(atLeast(`${set}: ACC over k-means on ${features} features`, gain, 0.1));
  }
}
for (const set of baseNames.flatMap((name) => [`${name}-junk`, `${name}-junk-alike`])) {
  if (!scores.some((score) => score.set === set && score.method === 'auto, self-labelled')) continue;
  bars.push(atLeast(`${set}: junk in doubt`, meanOf(set, 'auto, self-labelled', 'junkDoubted'), 0.5));
  bars.push(atMost(`${set}: photos in doubt`, meanOf(set, 'auto, self-labelled', 'realDoubted'), 0.1));
}

/** The automatic mode against each rival on each set; long-tailed sets in a random order only. */
const pairings = [...new Set(scores.map(({ set }) => set))]
  .filter((set) => ['balanced', 'zipf', 'four-fifths'].some((variant) => set.endsWith(`-${variant}`)))
  .flatMap((set) =>
    rivals.map((rival) => ({
      ...{ set, rival },
      ahead: meanOf(set, 'auto, self-labelled', 'ari') - meanOf(set, rival, 'ari'),
    })),
  )
  .filter(({ ahead }) => !Number.isNaN(ahead));
if (pairings.length > 0) {
  const won = pairings.filter(({ ahead }) => ahead > 0).length;
  bars.push(atLeast(`share of ${pairings.length} pairings won`, won / pairings.length, 26 / 30));
  bars.push(atLeast('worst pairing: ARI ahead', Math.min(...pairings.map(({ ahead }) => ahead)), -0.02));
}
/** How far the answer moves when a fifth of the photos is left out. */
for (const set of new Set(scores.map((score) => score.set).filter((name) => name.endsWith('-four-fifths')))) {
  const own = scores.filter((score) => score.set === set && score.method === 'auto, self-labelled');
  if (own.length < 2) continue;
  const middle = median(own.map(({ groups }) => groups));
  bars.push(atMost(`${set}: standard deviation of ARI`, deviationOf(own.map((score) => score.ari)), 0.03));
  bars.push(
    atMost(`${set}: groups off the median`, Math.max(...own.map(({ groups }) => Math.abs(groups - middle))), 2),
  );
}
if (wanted.includes('auto') && wantedVariants.includes('unrelated')) {
  const verdicts: string[] = [];
  const { views } = await load('unrelated', await trunkOf('unrelated'));
  for (let seed = 1; seed <= numSeeds; seed++) {
    verdicts.push((await group(await prepare(views, seed, engine), 'auto')).clustering.verdict);
  }
  const honest = verdicts.filter((verdict) => verdict === 'no-clear-groups').length;
  bars.push(atLeast('unrelated: share of seeds without clear groups', honest / numSeeds, 1));
}

for (const set of new Set(burstChanges.map((change) => change.set))) {
  const own = burstChanges.filter((change) => change.set === set).map(({ joined }) => joined);
  bars.push(atMost(`${set}: change of ARI by bursts`, Math.abs(own.reduce((sum, x) => sum + x, 0) / own.length), 0.03));
}

const table = [...new Set(scores.map(({ set, method }) => `${set}|${method}`))].map((key) => {
  const [set, method] = key.split('|') as [string, string];
  const own = scores.filter((score) => score.set === set && score.method === method);
  const meanRounded = (name: string): number => round(meanOf(set, method, name));
  const sd = (name: string): number => round(deviationOf(own.map((score) => score[name] as number)));
  return {
    ...{
      set,
      method,
      seeds: own.length,
      groups: meanRounded('groups'),
      acc: meanRounded('acc'),
      nmi: meanRounded('nmi'),
    },
    ...{
      ari: meanRounded('ari'),
      ariSd: sd('ari'),
      unsorted: meanRounded('unsorted'),
      seconds: meanRounded('seconds'),
    },
  };
});
printBench(bars, { engine: engine.name, table, pairings, burstChanges, scores });
