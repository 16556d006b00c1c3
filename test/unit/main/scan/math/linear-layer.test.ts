import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createLinearLayer } from '@main/scan/math/linear-layer';
import { createRandom, normalValues } from '@shared/random';

import { openTestEngines, type TestEngine } from '../engines';

let engines: TestEngine[] = [];
beforeAll(async () => void (engines = await openTestEngines()));
afterAll(() => engines.forEach(({ close }) => close()));

/** Σ over k of a[i, k] · b[k, j], and beside it how large it can be at most: ‖a‖·‖b‖. */
function slowProduct(
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
  [m, k, n]: [number, number, number],
): { values: number[]; most: number[] } {
  const values: number[] = [];
  const most: number[] = [];
  const inner = Array.from({ length: k }, (_, at) => at);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      values.push(inner.reduce((sum, at) => sum + a(i, at) * b(at, j), 0));
      most.push(Math.hypot(...inner.map((at) => a(i, at))) * Math.hypot(...inner.map((at) => b(at, j))));
    }
  return { values, most };
}

describe('a linear layer', () => {
  it.each([
    [1, 1, 1],
    [5, 7, 3],
    [300, 33, 22],
    [2500, 16, 9],
  ])(
    'equals the slow products on %i rows of width %i and %i outputs, the same on every engine',
    async (rows, width, outputs) => {
      const random = createRandom(1);
      const inputs = normalValues(random, rows * width);
      const weights = normalValues(random, width * outputs);
      // Columns of very different lengths, as the gradients of rare and of common clusters are.
      const gradient = normalValues(random, rows * outputs).map(
        (value, i) => value * 10 ** -(i % Math.min(outputs, 9)),
      );
      const found: [Float32Array, Float32Array][] = [];
      for (const { engine } of engines) {
        const layer = createLinearLayer(engine, { numRows: rows, width, numOutputs: outputs });
        for (let round = 0; round < 2; round++) {
          layer.inputs.set(inputs);
          found.push([await layer.forward(weights), await layer.backward(gradient)]);
        }
      }
      for (const products of found) expect(products).toEqual(found[0]);
      const forward = slowProduct((i, k) => inputs[i * width + k]!, (k, j) => weights[k * outputs + j]!, [rows, width, outputs]); // prettier-ignore
      const backward = slowProduct((i, k) => inputs[k * width + i]!, (k, j) => gradient[k * outputs + j]!, [width, rows, outputs]); // prettier-ignore
      [forward, backward].forEach(({ values, most }, which) =>
        values.forEach((value, i) => expect(Math.abs(found[0]![which]![i]! - value)).toBeLessThan(4e-3 * most[i]!)),
      );
    },
  );

  it('takes gradients of nothing but zeros', async () => {
    for (const { engine } of engines) {
      const layer = createLinearLayer(engine, { numRows: 4, width: 3, numOutputs: 2 });
      layer.inputs.fill(1);
      expect(await layer.forward(new Float32Array(6))).toEqual(new Float32Array(8));
      expect(await layer.backward(new Float32Array(8))).toEqual(new Float32Array(6));
    }
  });
});
