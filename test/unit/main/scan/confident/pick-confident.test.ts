import { describe, expect, it } from 'vitest';

import { findTeachers } from '@main/scan/confident/find-teachers';
import { CONFIDENT_FROM, pickConfident } from '@main/scan/confident/pick-confident';
import type { Engine } from '@main/scan/engine/engine';
import { createViewSet } from '@main/scan/math/matrix';

describe('pickConfident', () => {
  it('picks the photos that are surer than the threshold, and says what they teach', () => {
    const probs = Float32Array.of(0.9, 0.1, 0.3, 0.7, 0.15, 0.85);
    const { labels, isConfident, coverage } = pickConfident(probs, 2);
    expect([...labels]).toEqual([0, 1, 1]);
    expect([...isConfident]).toEqual([1, 0, 1]);
    expect(coverage).toBeCloseTo(2 / 3);
  });

  it('leaves a photo out whose probability is the threshold itself', () => {
    const at = Math.fround(CONFIDENT_FROM) <= CONFIDENT_FROM ? Math.fround(CONFIDENT_FROM) : 0.79999;
    expect([...pickConfident(Float32Array.of(at, 1 - at), 2).isConfident]).toEqual([0]);
  });
});

describe('findTeachers', () => {
  const data = { features: createViewSet(1, 100, 4), engine: {} as Engine };

  it('names nobody where there are no groups', async () => {
    expect(await findTeachers(data, { head: null, stability: 1 })).toMatchObject({
      confident: null,
      why: 'there are no groups',
    });
  });

  it('names nobody in a small library whose heads do not agree', async () => {
    const head = { numClusters: 2 } as never;
    expect(await findTeachers(data, { head, stability: 0.5 })).toMatchObject({ confident: null });
    expect(await findTeachers(data, { head, stability: null })).toMatchObject({ confident: null });
  });
});
