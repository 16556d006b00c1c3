/**
 * @file Products that come out the same on every engine, bit for bit.
 *
 * [Note: Exact products] Engines add the terms of a product up in different orders, and every order rounds differently. Training makes
 * much of it: from the same start, two engines ended with groups that had an ARI of .61 to .79 with each other. So numbers are
 * rounded before they are multiplied, to multiples of a power of two, their step, so coarse that no partial sum needs more than
 * the 24 bits of single precision: |Σ aᵢbᵢ| ≤ ‖a‖·‖b‖ (Cauchy and Schwarz), counted in steps. Such sums are exact, in any order.
 * No number has over 11 bits, so that GPUs, which multiply in TF32, read it whole.
 */
import type { Engine, TensorFlow } from '../engine/engine';
import { createMatrix, release, transpose, type Matrix } from './matrix';

/** Most steps in the norm of a vector, a little under 2¹², since rounding can make it longer. */
const MOST_STEPS = 4000;

/** Steps never get so small that a product of two is lost to engines without subnormal numbers. */
const LEAST_STEP = 2 ** -60;

/** The least power of two in whose multiples vectors of this norm have at most so many steps. */
export function stepFor(norm: number, mostSteps: number): number {
  return Math.max(LEAST_STEP, 2 ** Math.ceil(Math.log2(norm / mostSteps)));
}

/** Numbers in two parts, each short: their sum is off by 10⁻⁶ of the longest vector's norm or so. */
export interface SplitMatrix {
  high: Matrix;
  low: Matrix;
}

/**
 * Splits a matrix into what is a multiple of a step and what of a smaller one.
 *
 * @param vectors Whether its rows or its columns are multiplied with the other operand's.
 */
export function splitMatrix(matrix: Matrix, vectors: 'rows' | 'columns'): SplitMatrix {
  const { rows, columns, values } = matrix;
  const norm = vectors === 'rows' ? longestRow(matrix) : longestColumn(matrix);
  const step = stepFor(Math.max(norm, 2 * largestValue(values)), MOST_STEPS);
  // What is left is half a step at most in each place.
  const lowStep = stepFor((step / 2) * Math.sqrt(vectors === 'rows' ? columns : rows), MOST_STEPS);
  // In double precision 1.5·2⁵² steps have no place for less than a step.
  const rounder = 1.5 * 2 ** 52 * step;
  const lowRounder = 1.5 * 2 ** 52 * lowStep;
  const count = values.length;
  const high = new Float32Array(count);
  const low = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const rounded = value + rounder - rounder;
    high[i] = rounded;
    low[i] = value - rounded + lowRounder - lowRounder;
  }
  return { high: createMatrix(rows, columns, high), low: createMatrix(rows, columns, low) };
}

// Plain loops: a callback a value takes five times as long, and there are millions of them.

function largestValue(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest) largest = size;
  }
  return largest;
}

function longestRow({ rows, columns, values }: Matrix): number {
  let longest = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (const end = at + columns; at < end; at++) {
      const value = values[at]!;
      sum += value * value;
    }
    if (sum > longest) longest = sum;
  }
  return Math.sqrt(longest);
}

function longestColumn({ rows, columns, values }: Matrix): number {
  const squares = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = values[at]!;
      squares[column] = squares[column]! + value * value;
    }
  }
  let longest = 0;
  for (let column = 0; column < columns; column++) if (squares[column]! > longest) longest = squares[column]!;
  return Math.sqrt(longest);
}

export interface TransposeOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

type Tensor = ReturnType<TensorFlow['tensor2d']>;
interface Operand {
  tensor: Tensor;
  isTurned: boolean;
}

/** The product as the engine computes it: exact only where the numbers are short. No tensor is left behind. */
export async function multiplyShort(
  engine: Engine,
  a: Matrix,
  b: Matrix,
  { transposeA = false, transposeB = false }: TransposeOptions = {},
): Promise<Float32Array> {
  const product = engine.tf.tidy(() =>
    multiplyOperands(engine, upload(engine, a, transposeA), upload(engine, b, transposeB)),
  );
  const values = (await product.data()) as Float32Array;
  product.dispose();
  return values;
}

/** The product of two split matrices. Gives the memory of their parts back. */
export async function multiplySplit(
  engine: Engine,
  left: SplitMatrix,
  right: SplitMatrix,
  { transposeA = false, transposeB = false }: TransposeOptions = {},
): Promise<Float32Array> {
  const { tf } = engine;
  const sum = tf.tidy(() => {
    const [aHigh, aLow] = [left.high, left.low].map((part) => upload(engine, part, transposeA)) as [Operand, Operand];
    const [bHigh, bLow] = [right.high, right.low].map((part) => upload(engine, part, transposeB)) as [Operand, Operand];
    // Summands go as soon as they are added: four of them at once would be felt in large libraries.
    const add = (a: Tensor, b: Tensor): Tensor => {
      const added = tf.add<Tensor>(a, b);
      tf.dispose([a, b]);
      return added;
    };
    const highLow = multiplyOperands(engine, aHigh, bLow);
    const lowHigh = left === right ? tf.transpose(highLow) : multiplyOperands(engine, aLow, bHigh);
    const small = add(add(highLow, lowHigh), multiplyOperands(engine, aLow, bLow));
    return add(small, multiplyOperands(engine, aHigh, bHigh));
  });
  const values = (await sum.data()) as Float32Array;
  sum.dispose();
  for (const { values: part } of new Set([left.high, left.low, right.high, right.low])) release(part);
  return values;
}

/**
 * WebAssembly has a fast kernel for the plain product only (transposed operands are twelve times slower: 187 against 15 ms at
 * [1024,256]ᵀ·[1024,570], 2 cores), so transposes are written out for it.
 */
function upload(engine: Engine, matrix: Matrix, isTurned: boolean): Operand {
  if (isTurned && engine.name === 'wasm') return upload(engine, transpose(matrix), false);
  return { tensor: engine.tf.tensor2d(matrix.values, [matrix.rows, matrix.columns]), isTurned };
}

function multiplyOperands({ tf }: Engine, a: Operand, b: Operand): Tensor {
  return tf.matMul(a.tensor, b.tensor, a.isTurned, b.isTurned);
}
