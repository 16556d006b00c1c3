import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { symmetricEigen } from '@main/scan/math/eigen';
import { cholesky, invertLowerTransposed, multiply, orthonormalize, topSubspace } from '@main/scan/math/linear-algebra';
import { createMatrix, rowOf, transpose, type Matrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';

import { openTestEngines, type TestEngine } from '../engines';

let engines: TestEngine[] = [];
beforeAll(async () => void (engines = await openTestEngines()));
afterAll(() => engines.forEach(({ close }) => close()));

const randomMatrix = (rows: number, columns: number, seed = 1): Matrix =>
  createMatrix(rows, columns, normalValues(createRandom(seed), rows * columns));

function slowProduct(a: Matrix, b: Matrix): number[] {
  const out: number[] = [];
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++) {
      let sum = 0;
      for (let k = 0; k < a.columns; k++) sum += a.values[i * a.columns + k]! * b.values[k * b.columns + j]!;
      out.push(sum);
    }
  return out;
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-4): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(tolerance);
}

const bytesOf = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

describe('multiply', () => {
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [17, 33, 40],
  ])('equals the slow product of [%i, %i] and width %i, turned or not, on every engine', async (m, k, n) => {
    const a = randomMatrix(m, k);
    const b = randomMatrix(k, n, 2);
    const wanted = slowProduct(a, b);
    for (const { engine } of engines) {
      expectClose((await multiply(engine, a, b)).values, wanted);
      expectClose((await multiply(engine, transpose(a), b, { transposeA: true })).values, wanted);
      expectClose((await multiply(engine, a, transpose(b), { transposeB: true })).values, wanted);
      const both = await multiply(engine, transpose(a), transpose(b), { transposeA: true, transposeB: true });
      expectClose(both.values, wanted);
      expect([both.rows, both.columns]).toEqual([m, n]);
    }
  });

  it.each([
    [60, 1280, 40],
    [1000, 128, 300],
    [7, 4096, 9],
  ])('is the same bit for bit on every engine, [%i, %i] and width %i', async (m, k, n) => {
    const a = randomMatrix(m, k);
    const b = randomMatrix(k, n, 2);
    // Rows and columns of very different lengths, as features and gradients are.
    a.values.forEach((value, i) => (a.values[i] = value * 10 ** -(i % 5)));
    const products: Float32Array[][] = [];
    for (const { engine } of engines) {
      products.push([
        (await multiply(engine, a, b)).values,
        (await multiply(engine, a, a, { transposeA: true })).values,
        (await multiply(engine, a, transpose(b), { transposeB: true })).values,
      ]);
    }
    const [plain, gram] = products[0]!.map(bytesOf) as [Buffer, Buffer];
    for (const product of products) {
      expect(product.map((values, i) => bytesOf(values).equals([plain, gram, plain][i]!))).toEqual([true, true, true]);
    }
    const longest = Math.max(...Array.from({ length: m }, (_, i) => Math.hypot(...rowOf(a, i))));
    expectClose(products[0]![0]!, slowProduct(a, b), 1e-5 * longest * Math.sqrt(k));
  });

  it('leaves no tensor behind', async () => {
    for (const { engine } of engines) {
      const before = engine.tf.memory().numTensors;
      for (let i = 0; i < 10; i++) await multiply(engine, randomMatrix(4, 6), randomMatrix(6, 3), {});
      expect(engine.tf.memory().numTensors).toBe(before);
    }
  });
});

describe('cholesky', () => {
  it('factors a positive definite matrix, and its inverse is found', async () => {
    const a = randomMatrix(30, 12);
    const s = createMatrix(12, 12, Float32Array.from(slowProduct(transpose(a), a)));
    const l = cholesky(s);
    const lower = createMatrix(12, 12, Float32Array.from(l));
    expectClose(slowProduct(lower, transpose(lower)), s.values, 1e-3);
    const identity = slowProduct(transpose(lower), invertLowerTransposed(l, 12));
    expectClose(
      identity,
      identity.map((_, i) => (i % 13 === 0 ? 1 : 0)),
    );
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => cholesky(createMatrix(2, 2, Float32Array.from([1, 2, 2, 1])))).toThrow(RangeError);
  });
});

describe('symmetricEigen', () => {
  it.each([1, 2, 9, 40])('takes a matrix of %i rows apart and puts it together again', (n) => {
    const a = randomMatrix(n, n, 5);
    const s = createMatrix(
      n,
      n,
      a.values.map((x, i) => x + a.values[(i % n) * n + Math.floor(i / n)]!),
    );
    const { values, vectors } = symmetricEigen(s);
    const scaled = createMatrix(
      n,
      n,
      vectors.values.map((x, i) => x * values[i % n]!),
    );
    expectClose(slowProduct(scaled, transpose(vectors)), s.values, 1e-4);
    const gram = slowProduct(transpose(vectors), vectors);
    expectClose(
      gram,
      gram.map((_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    );
    for (let i = 1; i < n; i++) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
  });
});

describe('subspaces', () => {
  it('orthonormalize keeps the span and makes the columns orthonormal', async () => {
    for (const { engine } of engines) {
      const q = await orthonormalize(engine, randomMatrix(40, 6));
      const gram = slowProduct(transpose(q), q);
      expectClose(
        gram,
        gram.map((_, i) => (i % 7 === 0 ? 1 : 0)),
      );
    }
  });

  it('topSubspace asks for more directions than there are and stays finite', async () => {
    for (const { engine } of engines) {
      const rows = randomMatrix(30, 200);
      const s = await multiply(engine, rows, rows, { transposeA: true });
      const q = await topSubspace(engine, s, 60, createRandom(4));
      expect(q.values.every(Number.isFinite)).toBe(true);
    }
  });

  it('topSubspace finds the directions of largest variance', async () => {
    // A matrix with known directions: the first three axes have the large variances.
    const s = createMatrix(20, 20);
    for (let i = 0; i < 20; i++) s.values[i * 21] = i < 3 ? 10 - i : 1 / (i + 1);
    for (const { engine } of engines) {
      const q = await topSubspace(engine, s, 3, createRandom(4));
      const captured = [0, 1, 2].map((axis) =>
        q.values.subarray(axis * 3, axis * 3 + 3).reduce((sum, x) => sum + x * x, 0),
      );
      expectClose(captured, [1, 1, 1], 1e-3);
    }
  });
});
