import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { applyAdapter } from '@main/ml/adapter';
import { judgeAdapter } from '@main/ml/adapter-gate';
import { applyFeatureModel, decodeFeatureModel, encodeFeatureModel, photoVectors } from '@main/ml/feature-model';
import { learnFeatures } from '@main/ml/learn-features';
import { createViewSet, rowOf, viewMatrix, type PackedViewSet } from '@main/ml/matrix';
import { createRandom } from '@main/ml/random';
import { trainAdapter } from '@main/ml/train-adapter';
import { applyWhitening, fitWhitening } from '@main/ml/whiten';

import { openTestEngines, type TestEngine } from './engines';
import { syntheticViews } from './synthetic';

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

  it.each([6, 24])(
    'spreads views by W = b/(1+b) and photos by W·(b + 1/V) along axes of their own, width %i',
    async (width) => {
      const { views } = syntheticViews({ numPhotos: 400, numViews: 4, width, numClasses: 3, nuisance: 2 });
      const { engine } = engines[0]!;
      const { directions } = await fitWhitening(views, { engine, seed: 1, width: 6, shrinkage: 0 });
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
          if (a === b) expect(within[at]!).toBeCloseTo(own / (1 + own), 2);
          else expect(Math.abs(between[at]! / scale)).toBeLessThan(0.01);
        }
    },
  );

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

  it('reads half precision as well', async () => {
    const { views } = syntheticViews({ numPhotos: 60, numViews: 3, width: 16, numClasses: 3, nuisance: 1 });
    const packed: PackedViewSet = { ...views, values: Float16Array.from(views.values) };
    const { engine } = engines[0]!;
    const model = await fitWhitening(packed, { engine, seed: 1, width: 6 });
    const one = await applyWhitening(engine, model, packed);
    const two = await applyWhitening(engine, model, views);
    for (let i = 0; i < 20; i++)
      expect(cosine(rowOf(viewMatrix(one, 1), i), rowOf(viewMatrix(two, 1), i))).toBeGreaterThan(0.99);
  });
});

describe('the adapter', () => {
  it('brings the views of photos it was not trained on closer together, and other photos not', async () => {
    const { views } = syntheticViews({ numPhotos: 200, numViews: 4, width: 24, numClasses: 5, nuisance: 2 });
    const fresh = syntheticViews({ numPhotos: 60, numViews: 2, width: 24, numClasses: 5, nuisance: 2, seed: 2 }).views;
    const settings = { views, seed: 1, steps: 80, batch: 64, hiddenWidth: 48, width: 16, inputWidth: 24 };
    for (const { engine } of engines) {
      const before = engine.tf.memory().numTensors;
      const adapter = await trainAdapter({ ...settings, engine });
      expect(engine.tf.memory().numTensors).toBe(before);
      const z = await applyAdapter(engine, adapter, fresh);
      let same = 0;
      let other = 0;
      for (let i = 0; i < 60; i++) {
        same += cosine(rowOf(viewMatrix(z, 0), i), rowOf(viewMatrix(z, 1), i)) / 60;
        other += cosine(rowOf(viewMatrix(z, 0), i), rowOf(viewMatrix(z, 1), (i + 7) % 60)) / 60;
      }
      expect(same - other).toBeGreaterThan(0.3);
    }
  });

  it('is bit-equal for the same seed on one engine', async () => {
    const { views } = syntheticViews({ numPhotos: 80, numViews: 3, width: 16, numClasses: 4, nuisance: 1 });
    const { engine } = engines[0]!;
    const settings = { views, seed: 5, engine, steps: 10, batch: 32, hiddenWidth: 16, width: 8, inputWidth: 16 };
    expect(await trainAdapter(settings)).toEqual(await trainAdapter(settings));
    expect((await trainAdapter({ ...settings, seed: 6 })).second).not.toEqual((await trainAdapter(settings)).second);
  });

  it('is refused by the gate when it scatters the views of held-out photos', async () => {
    const { views } = syntheticViews({ numPhotos: 100, numViews: 2, width: 12, numClasses: 4, nuisance: 0.2 });
    const random = createRandom(1);
    const scattered = createViewSet(
      2,
      100,
      12,
      views.values.map(() => random.normal()),
    );
    const { engine } = engines[0]!;
    const refused = await judgeAdapter(engine, views, scattered, 5);
    expect(refused.adopted).toBe(false);
    expect(refused.reason).toContain('agree no better');
    expect(refused.whitened.viewOverlap).toBeGreaterThan(refused.withAdapter.viewOverlap + 0.3);
  });
});

describe('learnFeatures', () => {
  it('leaves the adapter out of a small library and says so', async () => {
    const { views } = syntheticViews({ numPhotos: 80, numViews: 3, width: 16, numClasses: 4, nuisance: 1 });
    const { engine } = engines[0]!;
    const { model, report } = await learnFeatures({ views, seed: 1, engine });
    expect(model.adapter).toBeUndefined();
    expect(report.adapter).toEqual({ adopted: false, reason: 'fewer than 500 photos: whitening alone' });
  });

  it('gives a model that survives being stored, and reports in plain JSON', async () => {
    const { views } = syntheticViews({ numPhotos: 520, numViews: 4, width: 32, numClasses: 6, nuisance: 2 });
    const { engine } = engines[0]!;
    const { model, report } = await learnFeatures({ views, seed: 1, engine, adapterSteps: 40 });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.adapter.gate?.numPhotos).toBeGreaterThan(40);
    const again = decodeFeatureModel(encodeFeatureModel(model));
    expect(again).toEqual(model);
    const features = await applyFeatureModel(engine, again, views);
    expect(features).toEqual(await applyFeatureModel(engine, model, views));
    const vectors = photoVectors(features);
    expect([vectors.rows, vectors.columns]).toEqual([520, features.width]);
  });

  it('refuses bytes that are no model', () => {
    expect(() => decodeFeatureModel(new Uint8Array([1, 2, 3]))).toThrow('not a feature model');
    expect(() => decodeFeatureModel(new Uint8Array(64))).toThrow('not a feature model');
  });

  it('stops with the reason of its signal', async () => {
    const { views } = syntheticViews({ numPhotos: 600, numViews: 4, width: 32, numClasses: 6, nuisance: 2 });
    const { engine } = engines[0]!;
    const controller = new AbortController();
    const reason = new Error('enough');
    const learning = learnFeatures({ views, seed: 1, engine, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 150);
    await expect(learning).rejects.toBe(reason);
  });
});
