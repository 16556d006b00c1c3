import { describe, expect, it } from 'vitest';

import { compiledKernels } from '@main/scan/engine/kernels/compiled';
import { createPairStep, type PairStep } from '@main/scan/engine/kernels/pair-step';
import { scanLossGradient } from '@main/scan/clustering/losses/scan-loss';
import { selfLabelLossGradient } from '@main/scan/self-label/self-label-loss';
import { temiLossGradient } from '@main/scan/clustering/losses/temi-loss';
import { createRandom, normalValues } from '@shared/random';

/** Softmax of one group of logits, the slow way. */
function softmax(logits: number[]): number[] {
  const powers = logits.map((x) => Math.exp(x));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((x) => x / sum);
}

interface Shape {
  numPairs: number;
  numHeads: number;
  numClusters: number;
}

const shapes: Shape[] = [
  { numPairs: 1, numHeads: 1, numClusters: 2 },
  { numPairs: 3, numHeads: 2, numClusters: 2 },
  { numPairs: 5, numHeads: 3, numClusters: 7 },
  { numPairs: 16, numHeads: 1, numClusters: 31 },
  { numPairs: 4, numHeads: 2, numClusters: 57 },
  { numPairs: 6, numHeads: 3, numClusters: 16 },
];

/** A step with these logits, split at random into logits and biases. */
function stepOf(shape: Shape, logits: ArrayLike<number>, pairWeights?: Float32Array): PairStep {
  const step = createPairStep(shape);
  step.biases.set(normalValues(createRandom(99), step.biases.length, 1));
  if (pairWeights) step.pairWeights.set(pairWeights);
  step.logits.set(Float32Array.from(logits, (value, at) => value - step.biases[at % step.biases.length]!));
  return step;
}

/** The gradient with respect to the biases is the sum over all rows. */
function expectSums({ logits, biasGradient }: PairStep): void {
  const sums = new Float64Array(biasGradient.length);
  logits.forEach((value, at) => (sums[at % sums.length]! += value));
  expectClose(biasGradient, sums, 1e-6);
}

function probsOf(logits: Float64Array, { numHeads, numClusters }: Shape, row: number, head: number): number[] {
  const start = (row * numHeads + head) * numClusters;
  return softmax([...logits.subarray(start, start + numClusters)]);
}

type Loss = (logits: Float64Array, head: number) => number;

/** Central differences of the sum of all heads' losses. */
function slowGradient(logits: Float64Array, numHeads: number, loss: Loss): Float64Array {
  const total = (): number =>
    Array.from({ length: numHeads }, (_, head) => loss(logits, head)).reduce((a, b) => a + b, 0);
  return logits.map((value, i) => {
    const step = 1e-5;
    logits[i] = value + step;
    const above = total();
    logits[i] = value - step;
    const below = total();
    logits[i] = value;
    return (above - below) / (2 * step);
  });
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(tolerance);
}

function randomLogits({ numPairs, numHeads, numClusters }: Shape, seed: number): Float64Array {
  return Float64Array.from(normalValues(createRandom(seed), 2 * numPairs * numHeads * numClusters, 1.5));
}

function randomShares(count: number, groups: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: count * groups }, () => 0.2 + random.uniform());
  for (let g = 0; g < groups; g++) {
    const part = values.subarray(g * count, (g + 1) * count);
    const sum = part.reduce((a, b) => a + b, 0);
    part.forEach((value, i) => (part[i] = value / sum));
  }
  return values;
}

describe('the SCAN loss', () => {
  const slowLoss =
    (shape: Shape, weights: ArrayLike<number>, entropyWeight: number, prior?: Float32Array): Loss =>
    (logits, head) => {
      let loss = 0;
      const mean = new Array<number>(shape.numClusters).fill(0);
      for (let i = 0; i < shape.numPairs; i++) {
        const p = probsOf(logits, shape, i, head);
        const q = probsOf(logits, shape, i + shape.numPairs, head);
        loss -= weights[i]! * Math.log(p.reduce((sum, value, c) => sum + value * q[c]!, 0) + 1e-8);
        p.forEach((value, c) => (mean[c]! += weights[i]! * value));
      }
      mean.forEach((value, c) => {
        const expected = prior ? prior[head * shape.numClusters + c]! : 1 / shape.numClusters;
        loss += entropyWeight * value * Math.log(value / expected);
      });
      return loss;
    };

  it.each(shapes)(
    'and its gradient equal the slow loops for $numPairs pairs, $numHeads heads, $numClusters clusters',
    (shape) => {
      for (const [seed, withWeights, withPrior] of [
        [1, false, false],
        [2, true, false],
        [3, true, true],
      ] as const) {
        const logits = randomLogits(shape, seed);
        const pairWeights = withWeights ? randomShares(shape.numPairs, 1, seed) : undefined;
        const prior = withPrior ? randomShares(shape.numClusters, shape.numHeads, seed + 9) : undefined;
        const weights = pairWeights ?? new Array<number>(shape.numPairs).fill(1 / shape.numPairs);
        const slow = slowLoss(shape, weights, 5, prior);
        const step = stepOf(shape, logits, pairWeights);
        const losses = scanLossGradient(step, { entropyWeight: 5, prior });
        for (let head = 0; head < shape.numHeads; head++) expect(losses[head]).toBeCloseTo(slow(logits, head), 4);
        expectClose(step.logits, slowGradient(logits, shape.numHeads, slow), 2e-5);
        expectSums(step);
      }
    },
  );

  it('is log C with equal logits, and has no gradient there', () => {
    const step = stepOf({ numPairs: 4, numHeads: 2, numClusters: 6 }, new Float32Array(2 * 4 * 2 * 6).fill(0.3));
    const losses = scanLossGradient(step, { entropyWeight: 5 });
    for (const loss of losses) expect(loss).toBeCloseTo(Math.log(6), 5);
    expect(Math.max(...step.logits.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('stays finite when a pair has no cluster in common', () => {
    const step = stepOf({ numPairs: 1, numHeads: 1, numClusters: 2 }, [60, -60, -60, 60]);
    const losses = scanLossGradient(step, { entropyWeight: 0 });
    expect(Number.isFinite(losses[0])).toBe(true);
    expect([...step.logits].every(Number.isFinite)).toBe(true);
  });

  it('refuses a step without pairs', () => {
    expect(() => createPairStep({ numPairs: 0, numHeads: 1, numClusters: 3 })).toThrow(RangeError);
  });
});

describe('the TEMI loss', () => {
  it.each(shapes)(
    'and its gradient equal the slow loops for $numPairs pairs, $numHeads heads, $numClusters clusters',
    (shape) => {
      const logits = randomLogits(shape, 4);
      const pairWeights = randomShares(shape.numPairs, 1, 4);
      const runningMean = randomShares(shape.numClusters, shape.numHeads, 5);
      const beta = 0.6;
      const slow: Loss = (values, head) => {
        let loss = 0;
        for (let i = 0; i < shape.numPairs; i++) {
          const p = probsOf(values, shape, i, head);
          const q = probsOf(values, shape, i + shape.numPairs, head);
          const mean = runningMean.subarray(head * shape.numClusters, (head + 1) * shape.numClusters);
          loss -= pairWeights[i]! * Math.log(p.reduce((sum, value, c) => sum + (value * q[c]!) ** beta / mean[c]!, 0));
        }
        return loss;
      };
      const step = stepOf(shape, logits, pairWeights);
      const losses = temiLossGradient(step, { beta, runningMean });
      for (let head = 0; head < shape.numHeads; head++) {
        expect(losses[head]).toBeCloseTo(slow(logits, head), 4);
        const mass = step.mean.subarray(head * shape.numClusters, (head + 1) * shape.numClusters);
        expect(mass.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
      expectClose(step.logits, slowGradient(logits, shape.numHeads, slow), 2e-5);
      expectSums(step);
    },
  );

  it('does not change when anchors and neighbours change places', () => {
    const shape = { numPairs: 4, numHeads: 2, numClusters: 3 };
    const logits = Float32Array.from(randomLogits(shape, 8));
    const turned = Float32Array.from([...logits.subarray(24), ...logits.subarray(0, 24)]);
    const runningMean = new Float32Array(6).fill(1 / 3);
    const one = temiLossGradient(stepOf(shape, logits), { beta: 0.6, runningMean });
    const two = temiLossGradient(stepOf(shape, turned), { beta: 0.6, runningMean });
    expectClose(one, two, 1e-6);
  });
});

describe('the compiled kernels', () => {
  it('are what their source compiles to', async () => {
    const { compileKernels } = (await import('../../../../../../scripts/build-kernels.mjs')) as {
      compileKernels: () => Promise<string>;
    };
    expect(await compileKernels()).toBe(compiledKernels);
  }, 60_000);
});

describe('the self-labelling loss', () => {
  it.each([
    [1, 2],
    [4, 3],
    [9, 12],
  ])('and its gradient equal the slow loops for %i photos, %i clusters', (batch, numClusters) => {
    const random = createRandom(6);
    const logits = Float64Array.from(normalValues(random, batch * numClusters, 2));
    const labels = Int32Array.from({ length: batch }, () => random.int(numClusters));
    const weights = Float32Array.from({ length: batch }, (_, i) => (i % 3 === 1 ? 0 : 0.5 + random.uniform()));
    const total = weights.reduce((a, b) => a + b, 0);
    const slow: Loss = (values) =>
      [...labels].reduce((loss, label, i) => {
        const p = softmax([...values.subarray(i * numClusters, (i + 1) * numClusters)]);
        return loss - (weights[i]! / total) * Math.log(p[label]!);
      }, 0);
    const gradient = Float32Array.from(logits);
    expect(selfLabelLossGradient(gradient, labels, weights, numClusters)).toBeCloseTo(slow(logits, 0), 4);
    expectClose(gradient, slowGradient(logits, 1, slow), 2e-5);
  });

  it('has no gradient where no photo is confident', () => {
    const logits = Float32Array.from([1, 2, 3, 4]);
    expect(selfLabelLossGradient(logits, [0, 1], [0, 0], 2)).toBe(0);
    expect([...logits]).toEqual([0, 0, 0, 0]);
  });
});
