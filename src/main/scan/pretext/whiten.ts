import { symmetricEigen } from '../math/eigen';
import type { Engine } from '../engine/engine';
import { cholesky, invertLowerTransposed, multiply, topSubspace } from '../math/linear-algebra';
import { createMatrix, createViewSet, meanOverViews, normalizeRows, viewRows } from '../math/matrix';
import type { AnyViewSet, Matrix, ViewSet } from '../math/matrix';
import { createPacer } from '../engine/pace';
import { createRandom, deriveSeed } from '@shared/random';

/** A map that makes what differs between views of one photo small: x ↦ (x − mean)·directions, of values or of their roots. */
export interface Whitening {
  /** See [Note: Roots of features]. */
  readsRoots: boolean;
  /** Mean over photos and views. Shape: [D]. */
  mean: Float32Array;
  /** Shape: [D, W]. */
  directions: Matrix;
}

/**
 * How much of what differs between views is taken out, and how alike directions count afterwards.
 *
 * [Note: How strongly to whiten] Full whitening makes all directions count alike, so that the coarse kinds that people mean drown among fine
 * ones, and it throws light and colour away, because the views change them. But where the views of a photo differ nearly as much as photos do, the
 * plain features say too little: pictures of 32 × 32 pixels need it. The spread of the views against that of the photos is .76 on those, and .28 to
 * .46 on four collections of full-size photos (docs/decisions/features-and-views.md). So that decides, for each library.
 */
export interface WhitenStrength {
  /** Share of the average variance mixed into the covariance of the views, 0 to 1. */
  shrinkage: number;
  /** 1 makes strong directions count alike; 0 leaves them as strong as they are in the whitened space. */
  evenness: number;
}

const FULL: WhitenStrength = { shrinkage: 0.4, evenness: 1 };
const MILD: WhitenStrength = { shrinkage: 0.9, evenness: 0.5 };
/** Views that differ by more than this, as a share of what photos differ by, need full whitening. */
const LEAST_FOR_FULL = 0.6;

export interface WhitenOptions {
  engine: Engine;
  seed: number;
  /** Directions kept; fewer where the trunk or the library is smaller. */
  width?: number;
  /** Found from the views where left out. */
  strength?: WhitenStrength;
  signal?: AbortSignal;
}

/** Enough differences between views for a covariance of a few thousand values per row; the rest would only cost time. */
const maxCovarianceRows = 20_000;

/** Rows in float32 at a time: 50,000 photos stay in half precision meanwhile. */
const block = 4096;

/**
 * Fits the within-photo whitening: divides by how much the views of one photo vary, then keeps the directions in which photos
 * differ most from each other.
 *
 * [Note: Whitening by Cholesky] With Σ = L·Lᵀ the map x ↦ L⁻¹x differs from the symmetric root Σ^(−1/2) by a rotation only, so
 * every cosine is the same, at a tenth of the time of an eigendecomposition. The same holds for the order of the directions
 * kept: their span is found by subspace iteration on L⁻¹·S·L⁻ᵀ, S the covariance of the photos' mean vectors.
 *
 * @param trunkViews Trunk features. Shape: [V, N, D]; with one view there is nothing to divide by, and only directions are chosen.
 */
export async function fitWhitening(trunkViews: AnyViewSet, options: WhitenOptions): Promise<Whitening> {
  const { engine, seed } = options;
  const pace = createPacer(options.signal);
  const readsRoots = await isNeverNegative(trunkViews, pace);
  const views = readsRoots ? rootsOf(trunkViews) : trunkViews;
  const mean = await meanOfPhotos(views, pace);
  const within = views.numViews > 1 ? await withinCovariance(views, engine, pace) : undefined;
  await pace();
  let spread = await scatterOfPhotos(views, mean, engine, pace);
  const strength = options.strength ?? (within && needsFull(within, spread, views) ? FULL : MILD);
  const root = within && invertedRoot(within, strength.shrinkage);
  if (root) {
    const half = await multiply(engine, spread, root);
    spread = await multiply(engine, root, half, { transposeA: true });
  }
  await pace();
  const width = Math.min(options.width ?? 128, views.width, Math.max(2, views.numPhotos - 1));
  const top = await topSubspace(engine, spread, width, createRandom(deriveSeed(seed, 'whiten')));
  await pace();
  if (!root) return { readsRoots, mean, directions: top };
  const weighed = await weighBySignal(engine, spread, top, views, strength.evenness);
  const directions = await multiply(engine, root, weighed);
  return { readsRoots, mean, directions };
}

/** Whether the views of a photo differ nearly as much as photos do; see [Note: How strongly to whiten]. */
function needsFull(within: Matrix, spread: Matrix, { numViews, numPhotos }: AnyViewSet): boolean {
  const ofViews = (trace(within) * numViews) / (numViews - 1);
  const ofPhotos = trace(spread) / (numPhotos - 1) - ofViews / numViews;
  return ofViews > LEAST_FOR_FULL * ofPhotos;
}

function trace({ rows, values }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += values[i * rows + i]!;
  return sum;
}

/**
 * Turns the directions of the whitened space to its principal axes and scales each by how far it can be trusted.
 *
 * [Note: Directions weighted by trust] In the whitened space the views of a photo spread by 1 in every direction, and the photos'
 * means by b + 1/V: b is what differs between photos themselves. An axis is scaled by √(b/(1+b)), the share of one view's spread that
 * is the photo's own, as Wiener's filter would: strong axes count alike, those that are noise fade out. With an evenness e that is
 * √(b/(1+b)^e): half even, strong axes keep some of their strength. Scaling by √b alone, e = 0, gives purer neighbours and worse groups on
 * small pictures, as the strongest axes (indoors or out, animal or thing) then rule all others (docs/decisions/features-and-views.md).
 *
 * @param spread Scatter of the photos' means in the whitened space, not divided by N − 1. Shape: [D, D].
 * @param top Orthonormal columns. Shape: [D, W].
 */
async function weighBySignal(
  engine: Engine,
  spread: Matrix,
  top: Matrix,
  views: AnyViewSet,
  evenness: number,
): Promise<Matrix> {
  const signal = await multiply(engine, top, await multiply(engine, spread, top), { transposeA: true });
  const width = signal.rows;
  for (let i = 0; i < signal.values.length; i++) signal.values[i]! /= views.numPhotos - 1;
  for (let i = 0; i < width; i++) signal.values[i * width + i]! -= 1 / views.numViews;
  const { values, vectors } = symmetricEigen(signal);
  if (values.every((value) => value <= 0)) return top;
  for (let i = 0; i < vectors.values.length; i++) {
    const own = Math.max(0, values[i % width]!);
    vectors.values[i]! *= Math.sqrt(own / (1 + own) ** evenness);
  }
  return multiply(engine, top, vectors);
}

/**
 * Applies a whitening to all views.
 *
 * @returns Rows of length 1. Shape: [V, N, W].
 */
export async function applyWhitening(engine: Engine, whitening: Whitening, trunkViews: AnyViewSet): Promise<ViewSet> {
  const { readsRoots, directions, mean } = whitening;
  const views = readsRoots ? rootsOf(trunkViews) : trunkViews;
  const out = createViewSet(views.numViews, views.numPhotos, directions.columns);
  const offset = (await multiply(engine, createMatrix(1, mean.length, mean), directions)).values;
  for (let v = 0; v < views.numViews; v++) {
    for (let start = 0; start < views.numPhotos; start += block) {
      const count = Math.min(block, views.numPhotos - start);
      const rows = createMatrix(count, views.width, viewRows(views, v, start, count));
      const { values } = await multiply(engine, rows, directions);
      for (let i = 0; i < values.length; i++) values[i]! -= offset[i % directions.columns]!;
      out.values.set(normalizeRows(values, directions.columns), (v * views.numPhotos + start) * directions.columns);
    }
  }
  return out;
}

/**
 * Whether the trunk gives no negative values, told by the plain view.
 *
 * [Note: Roots of features] Trunks that end in a rectifier and a mean give values like counts: many small ones, few large, and the larger they
 * are the wider they spread. Their square roots spread more alike, so that no few strong features speak for all, as in Hellinger's
 * kernel (Arandjelović and Zisserman, Three things everyone should know to improve object retrieval, CVPR 2012). Measured in
 * docs/decisions/features-and-views.md. Where values can be negative they are taken as they are.
 */
async function isNeverNegative(views: AnyViewSet, pace: () => Promise<void>): Promise<boolean> {
  for (let start = 0; start < views.numPhotos; start += block) {
    await pace();
    if (viewRows(views, 0, start, Math.min(block, views.numPhotos - start)).some((value) => value < 0)) return false;
  }
  return true;
}

/** The same views with the square roots of their values. */
function rootsOf(views: AnyViewSet): AnyViewSet {
  const { numViews, numPhotos, width } = views;
  const read = (viewIndex: number, start: number, count: number): Float32Array => {
    const rows = viewRows(views, viewIndex, start, count);
    const roots = new Float32Array(rows.length);
    for (let i = 0; i < roots.length; i++) roots[i] = Math.sqrt(Math.max(0, rows[i]!));
    return roots;
  };
  return { numViews, numPhotos, width, read };
}

/** Mean over photos and views, [D]. */
async function meanOfPhotos(views: AnyViewSet, pace: () => Promise<void>): Promise<Float32Array> {
  const sums = new Float64Array(views.width);
  for (let start = 0; start < views.numPhotos; start += block) {
    await pace();
    const { values } = meanOverViews(views, start, Math.min(block, views.numPhotos - start));
    for (let i = 0; i < values.length; i++) sums[i % views.width]! += values[i]!;
  }
  return Float32Array.from(sums, (sum) => sum / views.numPhotos);
}

/** Sum over photos of the outer product of their mean vector around the mean of all, [D, D]. */
async function scatterOfPhotos(
  views: AnyViewSet,
  mean: Float32Array,
  engine: Engine,
  pace: () => Promise<void>,
): Promise<Matrix> {
  const scatter = createMatrix(views.width, views.width);
  for (let start = 0; start < views.numPhotos; start += block) {
    await pace();
    const centers = meanOverViews(views, start, Math.min(block, views.numPhotos - start));
    for (let i = 0; i < centers.values.length; i++) centers.values[i]! -= mean[i % views.width]!;
    addTo(scatter, await multiply(engine, centers, centers, { transposeA: true }));
  }
  return scatter;
}

/** Covariance of a photo's views around their mean, [D, D], from evenly spaced photos where there are very many. */
async function withinCovariance(views: AnyViewSet, engine: Engine, pace: () => Promise<void>): Promise<Matrix> {
  const { width, numViews, numPhotos } = views;
  const step = Math.max(1, (numPhotos * numViews) / maxCovarianceRows);
  const numUsed = Math.floor((numPhotos - 1) / step) + 1;
  const covariance = createMatrix(width, width);
  const perBlock = Math.ceil(block / numViews);
  for (let first = 0; first < numUsed; first += perBlock) {
    await pace();
    const count = Math.min(perBlock, numUsed - first);
    const rows = createMatrix(count * numViews, width);
    for (let used = 0; used < count; used++) {
      const photo = Math.floor((first + used) * step);
      const center = meanOverViews(views, photo, 1).values;
      for (let v = 0; v < numViews; v++) {
        const row = viewRows(views, v, photo, 1);
        const at = (used * numViews + v) * width;
        for (let d = 0; d < width; d++) rows.values[at + d] = row[d]! - center[d]!;
      }
    }
    addTo(covariance, await multiply(engine, rows, rows, { transposeA: true }));
  }
  for (let i = 0; i < covariance.values.length; i++) covariance.values[i]! /= numUsed * numViews;
  return covariance;
}

function addTo(sum: Matrix, part: Matrix): void {
  for (let i = 0; i < sum.values.length; i++) sum.values[i]! += part.values[i]!;
}

/** L⁻ᵀ of the covariance with a share of the average variance added to its diagonal: rows times it are whitened. */
function invertedRoot(covariance: Matrix, shrinkage: number): Matrix {
  const n = covariance.rows;
  const average = trace(covariance) / n || 1;
  for (let i = 0; i < n * n; i++) covariance.values[i]! *= 1 - shrinkage;
  for (let i = 0; i < n; i++) covariance.values[i * n + i]! += shrinkage * average;
  return invertLowerTransposed(cholesky(covariance), n);
}
