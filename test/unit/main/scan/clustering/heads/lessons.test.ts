import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { predictProbs, selectHead } from '@main/scan/clustering/heads/heads';
import { correctEdges, pairsOfLessons, type Lessons } from '@main/scan/clustering/heads/lessons';
import { apartLossGradient } from '@main/scan/clustering/losses/apart-loss';
import { normalizeRows } from '@main/scan/math/matrix';
import { argmaxRows } from '@main/scan/math/probs';
import { createRandom, normalValues } from '@shared/random';
import { photoVectors } from '@main/scan/pretext/feature-model';
import { trainHeads } from '@main/scan/clustering/heads/train-heads';
import { mineNeighbors } from '@main/scan/neighbors';

import { openTestEngines, type TestEngine } from '../../engines';
import { syntheticViews } from '../../synthetic';

let engines: TestEngine[] = [];
beforeAll(async () => {
  engines = await openTestEngines(['wasm']);
});
afterAll(() => engines.forEach(({ close }) => close()));

/** Lessons about photos in the order of `kinds`. */
function lessonsOf(kinds: number[], more: Partial<Lessons> = {}): Lessons {
  const numKinds = Math.max(-1, ...kinds) + 1;
  const examples = Array.from({ length: numKinds }, (_, kind) =>
    Int32Array.from([...kinds.keys()].filter((photo) => kinds[photo] === kind)),
  );
  return { kinds: Int32Array.from(kinds), numKinds, examples, rejected: [], together: [], apart: [], ...more };
}

describe('pairs of lessons', () => {
  it('join photos of one group, and part photos of different groups and refused ones', () => {
    const lessons = lessonsOf([0, 0, 1, -1, -1, -1], { rejected: [[3, 0]], together: [[4, 5]], apart: [[3, 4]] });
    const pairs = pairsOfLessons(lessons);
    const random = createRandom(1);
    const draw = (from: ((r: typeof random) => readonly [number, number]) | null): Set<string> =>
      new Set(Array.from({ length: 200 }, () => [...from!(random)].sort().join('-')));
    expect(draw(pairs.together)).toEqual(new Set(['0-1', '4-5']));
    expect(draw(pairs.apart)).toEqual(new Set(['0-2', '1-2', '0-3', '1-3', '3-4']));
  });

  it('are none where only one photo was placed', () => {
    const pairs = pairsOfLessons(lessonsOf([0, -1, -1]));
    expect(pairs.together).toBeNull();
    expect(pairs.apart).toBeNull();
  });
});

describe('correctEdges', () => {
  it('cuts edges between what the person parted and ties what they joined', () => {
    const edges = {
      offsets: Int32Array.of(0, 2, 4, 5, 6),
      indices: Int32Array.of(1, 2, 0, 3, 0, 1),
      weights: Float32Array.of(0.9, 0.8, 0.9, 0.5, 0.8, 0.5),
      isolated: new Uint8Array(4),
    };
    const corrected = correctEdges(edges, lessonsOf([0, 1, -1, -1], { rejected: [[2, 0]], together: [[2, 3]] }));
    expect([...corrected.offsets]).toEqual([0, 0, 1, 2, 4]);
    expect([...corrected.indices]).toEqual([3, 3, 1, 2]);
  });
});

describe('apartLossGradient', () => {
  it('equals the difference quotient of −log(1 − ⟨p, q⟩)', () => {
    const shape = { numPairs: 3, numHeads: 2, numClusters: 4 };
    const logits = normalValues(createRandom(5), 48);
    const lossAt = (values: Float32Array): number =>
      apartLossGradient(values.slice(), shape, 0.5).reduce((sum, loss) => sum + loss, 0);
    const gradient = logits.slice();
    apartLossGradient(gradient, shape, 0.5);
    for (let at = 0; at < logits.length; at += 5) {
      const [up, down] = [logits.slice(), logits.slice()];
      up[at]! += 0.01;
      down[at]! -= 0.01;
      expect(gradient[at]).toBeCloseTo((lossAt(up) - lossAt(down)) / 0.02, 3);
    }
  });
});

describe('trainHeads with lessons', () => {
  it('follows a person who sees two kinds where the photos alone show one', async () => {
    const engine = engines[0]!.engine;
    // Three kinds, two clusters: by themselves any two may end up together.
    const { views, truth } = syntheticViews({ numPhotos: 150, numViews: 3, width: 16, numClasses: 3, nuisance: 0.2 });
    normalizeRows(views.values, views.width);
    const neighbors = await mineNeighbors({ vectors: photoVectors(views), numNeighbors: 6, engine, seed: 1 });
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const) {
      // The person puts kinds a and b into one group and the third into another.
      const kinds = Array.from(truth, (label, photo) => (photo < 30 ? (label === a || label === b ? 0 : 1) : -1));
      const settings = { features: views, neighbors, numClusters: 2, numHeads: 3, steps: 150, seed: 4, engine };
      const heads = await trainHeads({ ...settings, objective: 'temi', lessons: lessonsOf(kinds) });
      const labels = argmaxRows(await predictProbs(engine, heads, views, { head: selectHead(heads) }), 2);
      const rest = [...truth.keys()].filter((photo) => photo >= 30);
      const joined = rest.filter((photo) => truth[photo] === a || truth[photo] === b);
      const numOnOneSide = joined.filter((photo) => labels[photo] === labels[joined[0]!]).length;
      expect(numOnOneSide / joined.length).toBeGreaterThan(0.9);
      const third = rest.filter((photo) => !joined.includes(photo));
      expect(third.filter((photo) => labels[photo] !== labels[joined[0]!]).length / third.length).toBeGreaterThan(0.9);
    }
  });
});
