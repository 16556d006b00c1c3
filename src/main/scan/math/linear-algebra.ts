import type { Engine } from '../engine/engine';
import { multiplySplit, splitMatrix, type TransposeOptions } from './exact-product';
import { createMatrix, type Matrix } from './matrix';
import { normalValues, type Random } from '@shared/random';

/**
 * The product of two matrices, computed on the engine, from plain numbers to plain numbers; the same on every engine, see
 * [Note: Exact products]. No tensor is left behind.
 *
 * @param a Shape: [M, K], or [K, M] with `transposeA`.
 * @param b Shape: [K, N], or [N, K] with `transposeB`.
 * @returns Shape: [M, N].
 */
export async function multiply(engine: Engine, a: Matrix, b: Matrix, options: TransposeOptions = {}): Promise<Matrix> {
  const { transposeA = false, transposeB = false } = options;
  const left = splitMatrix(a, transposeA ? 'columns' : 'rows');
  const right = a === b && transposeA !== transposeB ? left : splitMatrix(b, transposeB ? 'rows' : 'columns');
  const values = await multiplySplit(engine, left, right, options);
  return createMatrix(transposeA ? a.columns : a.rows, transposeB ? b.rows : b.columns, values);
}

/**
 * Cholesky's factor of a symmetric positive definite matrix: L lower triangular with L·Lᵀ = S. Computed in double precision.
 *
 * @param s Symmetric, [N, N]; only its lower triangle is read.
 * @returns L as [N·N] doubles, row-major, zeros above the diagonal.
 * @throws {RangeError} If S is not positive definite.
 */
export function cholesky(s: Matrix): Float64Array {
  const n = s.rows;
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      const rest = s.values[rowI + j]! - dot(l, rowI, rowJ, j);
      if (j < i) l[rowI + j] = rest / l[rowJ + j]!;
      else if (rest > 0) l[rowI + i] = Math.sqrt(rest);
      else throw new RangeError(`The matrix is not positive definite (row ${i}).`);
    }
  }
  return l;
}

/** Σ of `count` products of two rows of one array, in four separate sums (twice as fast as one). */
function dot(values: Float64Array, a: number, b: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    s0 += values[a + k]! * values[b + k]!;
    s1 += values[a + k + 1]! * values[b + k + 1]!;
    s2 += values[a + k + 2]! * values[b + k + 2]!;
    s3 += values[a + k + 3]! * values[b + k + 3]!;
  }
  for (; k < count; k++) s0 += values[a + k]! * values[b + k]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * The transposed inverse of a lower triangular matrix, L⁻ᵀ, [N, N] upper triangular in single precision.
 *
 * Row j of the result is column j of L⁻¹, found by forward substitution on the j-th unit vector; kept transposed so that the
 * inner sums run along rows.
 */
export function invertLowerTransposed(l: Float64Array, n: number): Matrix {
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const column = inverse.subarray(j * n, (j + 1) * n);
    column[j] = 1 / l[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum0 = 0;
      let sum1 = 0;
      const row = i * n;
      let k = j;
      for (; k + 1 < i; k += 2) {
        sum0 += l[row + k]! * column[k]!;
        sum1 += l[row + k + 1]! * column[k + 1]!;
      }
      if (k < i) sum0 += l[row + k]! * column[k]!;
      column[i] = -(sum0 + sum1) / l[row + i]!;
    }
  }
  return createMatrix(n, n, Float32Array.from(inverse));
}

/**
 * Turns the columns of a tall matrix into orthonormal ones with the same span: Q = A·R⁻¹ with RᵀR = AᵀA. Done twice, since one
 * pass of this Cholesky QR loses digits where columns are nearly parallel.
 */
export async function orthonormalize(engine: Engine, a: Matrix): Promise<Matrix> {
  let q = a;
  for (let pass = 0; pass < 2; pass++) {
    const gram = await multiply(engine, scaleColumns(q), q, { transposeA: true });
    // Columns beyond the rank are noise in single precision: the ridge keeps them from making the matrix indefinite. The second
    // pass, on columns made independent by the first, needs next to none.
    for (let i = 0; i < gram.rows; i++) gram.values[i * gram.rows + i]! += pass === 0 ? 1e-4 : 3e-5;
    q = await multiply(engine, q, invertLowerTransposed(cholesky(gram), gram.rows));
  }
  return q;
}

/** Scales every column to length 1, in place, so that all are rounded alike; columns of zeros stay. */
function scaleColumns(a: Matrix): Matrix {
  const squares = new Float64Array(a.columns);
  for (let at = 0; at < a.values.length; at++) squares[at % a.columns]! += a.values[at]! * a.values[at]!;
  const scales = squares.map((square) => (square > 0 ? 1 / Math.sqrt(square) : 1));
  for (let at = 0; at < a.values.length; at++) a.values[at]! *= scales[at % a.columns]!;
  return a;
}

/**
 * The `count` directions of largest variance of a symmetric matrix, by subspace iteration from random vectors. Their span is
 * what counts: within it they are turned arbitrarily, which no cosine notices.
 *
 * @param s Symmetric positive semidefinite, [D, D].
 * @returns Orthonormal columns, [D, count].
 */
export async function topSubspace(
  engine: Engine,
  s: Matrix,
  count: number,
  random: Random,
  iterations = 8,
): Promise<Matrix> {
  let q = createMatrix(s.rows, count, normalValues(random, s.rows * count));
  q = await orthonormalize(engine, q);
  for (let i = 0; i < iterations; i++) q = await orthonormalize(engine, await multiply(engine, s, q));
  return q;
}
