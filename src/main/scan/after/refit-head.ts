/**
 * @file What corrections change in a head that was learned: the rows that they touch, on stored features, without more training.
 *
 * [Note: Re-fitting rows] A head is convex in its rows, so a handful of corrections can be fitted in milliseconds. The logits of
 * everything else should stay: the features' second moment S over the whole library, which is known beforehand, says what a change of
 * a row does to them. With X the rows of corrected photos, R how far their probabilities are from what was said,
 *
 *     ΔW ← ΔW + (κ·Σ x xᵀ + ½XᵀX + μI)⁻¹ (XᵀR − κ·S·ΔW − μ·ΔW)
 *
 * is a Newton step with Böhning's bound ½I for the curvature of the softmax [1]: it never overshoots, and one Cholesky factor serves all
 * rows and steps. Only the columns of touched rows are computed.
 *
 * [1] Böhning, *Multinomial logistic regression algorithm*, Ann. Inst. Stat. Math. 44, 1992.
 */
import { cholesky } from '../math/linear-algebra';
import { softmaxRows } from '../math/softmax';
import { createMatrix, rowOf, type Matrix } from '../math/matrix';

/** One linear head: logits = √D · x · weights + biases, for features x of length 1. */
export interface HeadRows {
  width: number;
  numGroups: number;
  /** Shape: [G, D]: a group's row in one piece. */
  weights: Float32Array;
  /** Shape: [G]. */
  biases: Float32Array;
}

/** One thing that was said about photos; `weight` says how much it counts. */
export type RowLesson = { weight?: number } & (
  | { kind: 'in'; photo: number; group: number }
  | { kind: 'not-in'; photo: number; group: number }
  | { kind: 'together' | 'apart'; photo: number; other: number }
);

export interface RefitOptions {
  /** κ: how strongly the logits of the whole library are held, as a number of photos. */
  hold?: number;
  /** μ: how strongly rows are held. */
  ridge?: number;
  steps?: number;
}

/** Σ x xᵀ / N over the library, scaled like logits (√D). Shape: [D, D]. From 4,000 photos at most: it is an average. */
export function secondMoment(vectors: Matrix): Matrix {
  const { columns: width } = vectors;
  const moment = createMatrix(width, width);
  const step = Math.max(1, Math.ceil(vectors.rows / 4000));
  let count = 0;
  for (let photo = 0; photo < vectors.rows; photo += step, count++) {
    const row = rowOf(vectors, photo);
    for (let a = 0; a < width; a++) {
      const value = row[a]!;
      for (let b = 0, at = a * width; b <= a; b++) moment.values[at + b]! += value * row[b]!;
    }
  }
  const scale = width / Math.max(1, count);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      moment.values[a * width + b]! *= scale;
      moment.values[b * width + a] = moment.values[a * width + b]!;
    }
  }
  return moment;
}

/**
 * Fits the rows of a head to what was said.
 *
 * @param vectors Rows of length 1. Shape: [N, D].
 * @param moment See {@link secondMoment}.
 * @returns A new head, and which rows differ from the old ones.
 */
export function refitHead(
  head: HeadRows,
  vectors: Matrix,
  moment: Matrix,
  lessons: readonly RowLesson[],
  { hold = 1, ridge = 10, steps = 8 }: RefitOptions = {},
): { head: HeadRows; touched: number[] } {
  const { width, numGroups } = head;
  const photos = [
    ...new Set(lessons.flatMap((lesson) => ('other' in lesson ? [lesson.photo, lesson.other] : [lesson.photo]))),
  ];
  const indexOf = new Map(photos.map((photo, index) => [photo, index]));
  const fitted = { ...head, weights: head.weights.slice(), biases: head.biases.slice() };
  if (photos.length === 0) return { head: fitted, touched: [] };
  const x = createMatrix(photos.length, width);
  const scale = Math.sqrt(width);
  photos.forEach((photo, index) =>
    rowOf(vectors, photo).forEach((value, d) => (x.values[index * width + d] = value * scale)),
  );
  const touched = touchedRows(head, x, lessons, indexOf);
  const factor = cholesky(curvature(x, moment, hold, ridge));
  const change = createMatrix(touched.length, width);
  const logits = logitsOfScaled(head, x);
  const base = logits.slice();
  for (let step = 0; step < steps; step++) {
    const pull = residuals(softmaxRows(logits.slice(), numGroups), numGroups, lessons, indexOf);
    touched.forEach((group, row) => {
      const delta = rowOf(change, row);
      const slope = new Float64Array(width);
      for (let i = 0; i < photos.length; i++) {
        const r = pull[i * numGroups + group]!;
        if (Math.abs(r) > 1e-3) for (let d = 0; d < width; d++) slope[d]! += r * x.values[i * width + d]!;
      }
      for (let a = 0; a < width; a++) {
        let held = ridge * delta[a]!;
        for (let b = 0, at = a * width; b < width; b++) held += hold * moment.values[at + b]! * delta[b]!;
        slope[a]! -= held;
      }
      solve(factor, slope);
      for (let d = 0; d < width; d++) delta[d]! += slope[d]!;
      for (let i = 0; i < photos.length; i++) {
        let sum = 0;
        for (let d = 0, at = i * width; d < width; d++) sum += x.values[at + d]! * delta[d]!;
        logits[i * numGroups + group] = base[i * numGroups + group]! + sum;
      }
    });
  }
  touched.forEach((group, row) =>
    rowOf(change, row).forEach((value, d) => (fitted.weights[group * width + d]! += value)),
  );
  return { head: fitted, touched };
}

/**
 * Adds a row for a group that no row stands for yet. Before it is fitted it says of every photo that about `numExamples` of N are in it.
 *
 * @param vectors Rows of length 1. Shape: [N, D].
 */
export function addRow(head: HeadRows, vectors: Matrix, numExamples: number): HeadRows {
  const { width, numGroups } = head;
  const step = Math.max(1, Math.ceil(vectors.rows / 500));
  const sample = createMatrix(Math.ceil(vectors.rows / step), width);
  for (let i = 0; i < sample.rows; i++) {
    rowOf(vectors, i * step).forEach((value, d) => (sample.values[i * width + d] = value * Math.sqrt(width)));
  }
  const logits = logitsOfScaled(head, sample);
  let level = 0;
  for (let start = 0; start < logits.length; start += numGroups) {
    let sum = 0;
    const row = logits.subarray(start, start + numGroups);
    const largest = Math.max(...row);
    for (const logit of row) sum += Math.exp(logit - largest);
    level += (largest + Math.log(sum)) / sample.rows;
  }
  const weights = new Float32Array((numGroups + 1) * width);
  weights.set(head.weights);
  const share = Math.max(1, numExamples) / Math.max(1, vectors.rows);
  return { width, numGroups: numGroups + 1, weights, biases: Float32Array.of(...head.biases, level + Math.log(share)) };
}

/** Logits of photos. Shape of `vectors`: [N, D], rows of length 1; of the result: [N, G]. */
export function logitsOf(head: HeadRows, vectors: Matrix): Float32Array {
  const scale = Math.sqrt(head.width);
  return logitsOfScaled(
    head,
    createMatrix(
      vectors.rows,
      vectors.columns,
      vectors.values.map((value) => value * scale),
    ),
  );
}

/** The same for rows that are scaled already. Shape: [B, G]. */
function logitsOfScaled({ width, numGroups, weights, biases }: HeadRows, x: Matrix): Float32Array {
  const logits = new Float32Array(x.rows * numGroups);
  for (let i = 0, at = 0; i < x.rows; i++) {
    for (let g = 0; g < numGroups; g++, at++) {
      let sum = biases[g]!;
      for (let d = 0; d < width; d++) sum += x.values[i * width + d]! * weights[g * width + d]!;
      logits[at] = sum;
    }
  }
  return logits;
}

/** The rows that lessons name, and the rows which the photos in them have now, because a photo that moves has to leave its old row. */
function touchedRows(head: HeadRows, x: Matrix, lessons: readonly RowLesson[], indexOf: Map<number, number>): number[] {
  const { numGroups } = head;
  const probs = softmaxRows(logitsOfScaled(head, x), numGroups);
  const touched = new Set<number>();
  const addNear = (photo: number): void => {
    const start = indexOf.get(photo)! * numGroups;
    for (let g = 0; g < numGroups; g++) if (probs[start + g]! > 0.1) touched.add(g);
  };
  for (const lesson of lessons) {
    if ('group' in lesson) touched.add(lesson.group);
    else addNear(lesson.other);
    addNear(lesson.photo);
  }
  return [...touched].sort((a, b) => a - b);
}

function curvature(x: Matrix, moment: Matrix, hold: number, ridge: number): Matrix {
  const width = x.columns;
  const sum = createMatrix(
    width,
    width,
    moment.values.map((value) => hold * value),
  );
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(x, i);
    for (let a = 0; a < width; a++) {
      const value = 0.5 * row[a]!;
      for (let b = 0, at = a * width; b <= a; b++) sum.values[at + b]! += value * row[b]!;
    }
  }
  for (let a = 0; a < width; a++) sum.values[a * width + a]! += ridge;
  return sum;
}

/** Minus the gradient of what was said, with respect to the logits. Shape: [B, G]. */
function residuals(
  probs: Float32Array,
  numGroups: number,
  lessons: readonly RowLesson[],
  indexOf: Map<number, number>,
): Float32Array {
  const pull = new Float32Array(probs.length);
  for (const lesson of lessons) {
    const weight = lesson.weight ?? 1;
    const start = indexOf.get(lesson.photo)! * numGroups;
    if (lesson.kind === 'in') {
      for (let g = 0; g < numGroups; g++) pull[start + g]! -= weight * probs[start + g]!;
      pull[start + lesson.group]! += weight;
    } else if (lesson.kind === 'not-in') {
      const p = probs[start + lesson.group]!;
      // −log(1 − p): as p shrinks, the other groups take its share in proportion.
      for (let g = 0; g < numGroups; g++) {
        const share = g === lesson.group ? -1 : probs[start + g]! / Math.max(1 - p, 1e-3);
        pull[start + g]! += weight * p * share;
      }
    } else {
      pullPair(probs, pull, start, indexOf.get(lesson.other)! * numGroups, numGroups, lesson.kind, weight);
    }
  }
  return pull;
}

/** −log s for photos that belong together, −log(1 − s) for those that do not, with s = ⟨p, q⟩. */
function pullPair(
  probs: Float32Array,
  pull: Float32Array,
  first: number,
  second: number,
  numGroups: number,
  kind: 'together' | 'apart',
  weight: number,
): void {
  let shared = 1e-6;
  for (let g = 0; g < numGroups; g++) shared += probs[first + g]! * probs[second + g]!;
  const factor = kind === 'together' ? weight / shared : -weight / Math.max(1 - shared, 1e-3);
  for (let g = 0; g < numGroups; g++) {
    const p = probs[first + g]!;
    const q = probs[second + g]!;
    pull[first + g]! += factor * p * (q - shared);
    pull[second + g]! += factor * q * (p - shared);
  }
}

/** Solves L·Lᵀ·y = b in place. */
function solve(factor: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    let rest = b[i]!;
    for (let k = 0, at = i * n; k < i; k++) rest -= factor[at + k]! * b[k]!;
    b[i] = rest / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    b[i]! /= factor[i * n + i]!;
    for (let k = 0, at = i * n; k < i; k++) b[k]! -= factor[at + k]! * b[i]!;
  }
}
