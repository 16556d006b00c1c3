import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  applyFeatureModel,
  decodeFeatureModel,
  encodeFeatureModel,
  photoVectors,
} from '@main/scan/pretext/feature-model';
import { createViewSet, rowOf, viewMatrix, type StreamedViewSet } from '@main/scan/math/matrix';
import { createRandom } from '@shared/random';
import { applyWhitening, fitWhitening } from '@main/scan/pretext/whiten';

import { openTestEngines, type TestEngine } from '../engines';
import { syntheticViews } from '../synthetic';

let engines: TestEngine[] = [];
beforeAll(async () => void (engines = await openTestEngines()));
afterAll(() => engines.forEach(({ close }) => close()));

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, d) => sum + x * b[d]!, 0);

describe('whitening', () => {
  it('gives vectors of length 1 in which the views of a photo are closer than before', async () => {
    const { views } = syntheticViews({ numPhotos: 120, numViews: 4, width: 24, numClasses: 4, nuisance: 3 });
    for (const { engine } of engines) {
      const white = await applyWhitening(engine, await fitWhitening(views, { engine, seed: 1, width: 8 }), views);
      expect([white.numViews, white.numPhotos, white.width]).toEqual([4, 120, 8]);
      let same = 0;
      for (let i = 0; i < 120; i++) {
        const one = rowOf(viewMatrix(white, 0), i);
        expect(cosine(one, one)).toBeCloseTo(1, 4);
        same += cosine(one, rowOf(viewMatrix(white, 1), i)) / 120;
      }
      expect(same).toBeGreaterThan(0.6);
    }
  });

  it.each([
    { width: 6, evenness: 1 },
    { width: 24, evenness: 1 },
    { width: 24, evenness: 0.5 },
    { width: 24, evenness: 0 },
  ])(
    'spreads views by W = b/(1+b)^e and photos by W·(b + 1/V) along axes of their own: $width values, e = $evenness',
    async ({ width, evenness }) => {
      const { views } = syntheticViews({ numPhotos: 400, numViews: 4, width, numClasses: 3, nuisance: 2 });
      const { engine } = engines[0]!;
      const { directions } = await fitWhitening(views, {
        engine,
        seed: 1,
        width: 6,
        strength: { shrinkage: 0, evenness },
      });
      const turned = Array.from({ length: 4 }, (_, v) =>
        Array.from({ length: 400 }, (_, i) =>
          Array.from({ length: 6 }, (_, j) =>
            rowOf(viewMatrix(views, v), i).reduce((sum, x, d) => sum + x * directions.values[d * 6 + j]!, 0),
          ),
        ),
      );
      const means = turned[0]!.map((_, i) =>
        turned[0]![i]!.map((_, j) => turned.reduce((sum, view) => sum + view[i]![j]! / 4, 0)),
      );
      const center = means[0]!.map((_, j) => means.reduce((sum, mean) => sum + mean[j]! / 400, 0));
      const within = new Float64Array(36);
      const between = new Float64Array(36);
      for (let i = 0; i < 400; i++)
        for (let a = 0; a < 6; a++)
          for (let b = 0; b < 6; b++) {
            const at = a * 6 + b;
            for (const view of turned)
              within[at]! += ((view[i]![a]! - means[i]![a]!) * (view[i]![b]! - means[i]![b]!)) / 1600;
            between[at]! += ((means[i]![a]! - center[a]!) * (means[i]![b]! - center[b]!)) / 399;
          }
      const scale = Math.max(...between);
      for (let a = 0; a < 6; a++)
        for (let b = 0; b < 6; b++) {
          const at = a * 6 + b;
          const own = between[at]! / within[at]! - 1 / 4;
          const expected = own / (1 + own) ** evenness;
          if (a === b) expect(within[at]! / expected).toBeCloseTo(1, 1);
          else expect(Math.abs(between[at]! / scale)).toBeLessThan(0.01);
        }
    },
  );

  it.each([
    { nuisance: 0.2, shrinkage: 0.9, evenness: 0.5 },
    { nuisance: 4, shrinkage: 0.4, evenness: 1 },
  ])('whitens as strongly as the views differ: $nuisance', async ({ nuisance, shrinkage, evenness }) => {
    const { views } = syntheticViews({ numPhotos: 100, numViews: 3, width: 16, numClasses: 4, nuisance });
    const { engine } = engines[0]!;
    const found = await fitWhitening(views, { engine, seed: 1, width: 6 });
    const asked = { engine, seed: 1, width: 6, strength: { shrinkage, evenness } };
    expect(found).toEqual(await fitWhitening(views, asked));
  });

  it('copes with photos that differ from each other by nothing but noise', async () => {
    const random = createRandom(8);
    const views = createViewSet(
      3,
      40,
      10,
      Float32Array.from({ length: 1200 }, () => random.normal()),
    );
    const { engine } = engines[0]!;
    const white = await applyWhitening(engine, await fitWhitening(views, { engine, seed: 1 }), views);
    expect(white.values.every(Number.isFinite)).toBe(true);
    expect(cosine(rowOf(viewMatrix(white, 0), 3), rowOf(viewMatrix(white, 0), 3))).toBeCloseTo(1, 4);
  });

  it('reads the roots of values that are never negative, and others as they are', async () => {
    const { views } = syntheticViews({ numPhotos: 60, numViews: 3, width: 16, numClasses: 3, nuisance: 1 });
    const { engine } = engines[0]!;
    expect((await fitWhitening(views, { engine, seed: 1 })).readsRoots).toBe(false);
    const roots = { ...views, values: views.values.map(Math.abs) };
    const squares = { ...views, values: roots.values.map((root) => root * root) };
    const model = await fitWhitening(squares, { engine, seed: 1, width: 6 });
    expect(model.readsRoots).toBe(true);
    const read = await applyWhitening(engine, model, squares);
    const plain = await applyWhitening(engine, { ...model, readsRoots: false }, roots);
    for (let i = 0; i < 60; i++)
      expect(cosine(rowOf(viewMatrix(read, 1), i), rowOf(viewMatrix(plain, 1), i))).toBeCloseTo(1, 5);
    const meanOfRoots = roots.values.reduce((sum, value) => sum + value, 0) / roots.values.length;
    expect(model.mean.reduce((sum, value) => sum + value, 0) / 16).toBeCloseTo(meanOfRoots, 4);
  });

  it('reads vectors in half precision as they are asked for', async () => {
    const { views } = syntheticViews({ numPhotos: 60, numViews: 3, width: 16, numClasses: 3, nuisance: 1 });
    const halves = Float32Array.from(Float16Array.from(views.values));
    const read = (view: number, start: number, count: number): Float32Array =>
      halves.slice((view * 60 + start) * 16, (view * 60 + start + count) * 16);
    const packed: StreamedViewSet = { numViews: 3, numPhotos: 60, width: 16, read };
    const { engine } = engines[0]!;
    const model = await fitWhitening(packed, { engine, seed: 1, width: 6 });
    const one = await applyWhitening(engine, model, packed);
    const two = await applyWhitening(engine, model, views);
    for (let i = 0; i < 20; i++)
      expect(cosine(rowOf(viewMatrix(one, 1), i), rowOf(viewMatrix(two, 1), i))).toBeGreaterThan(0.99);
  });
});

describe('a feature model', () => {
  it('survives being stored', async () => {
    const { views } = syntheticViews({ numPhotos: 120, numViews: 4, width: 32, numClasses: 6, nuisance: 2 });
    const { engine } = engines[0]!;
    const whitening = await fitWhitening(views, { seed: 1, engine });
    const model = { whitening: { ...whitening, readsRoots: true } };
    const again = decodeFeatureModel(encodeFeatureModel(model));
    expect(again).toEqual(model);
    const features = await applyFeatureModel(engine, again, views);
    expect(features).toEqual(await applyFeatureModel(engine, model, views));
    const vectors = photoVectors(features);
    expect([vectors.rows, vectors.columns]).toEqual([120, features.width]);
  });

  it('refuses bytes that are no model', () => {
    expect(() => decodeFeatureModel(new Uint8Array([1, 2, 3]))).toThrow('not a feature model');
    expect(() => decodeFeatureModel(new Uint8Array(64))).toThrow('not a feature model');
  });
});
