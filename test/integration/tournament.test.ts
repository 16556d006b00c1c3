import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TournamentData } from '@main/scan/clustering/choosing/candidates';
import { readGroups } from '@main/scan/clustering/clustering';
import { predictProbs } from '@main/scan/clustering/heads/heads';
import { accuracy, ari } from '@main/scan/math/metrics';
import { argmaxRows } from '@main/scan/math/probs';
import { clusterPhotos, draftGroups } from '@main/scan/clustering/tournament';

import { openTestEngines, type TestEngine } from '../unit/main/scan/engines';
import { syntheticViews } from '../unit/main/scan/synthetic';
import { prepareTournament } from '../unit/main/scan/tournament-data';

let engines: TestEngine[] = [];
beforeAll(async () => {
  engines = await openTestEngines();
});
afterAll(() => engines.forEach(({ close }) => close()));

async function prepare(numPhotos: number, numClasses: number): Promise<{ data: TournamentData; truth: Int32Array }> {
  const { views, truth } = syntheticViews({ numPhotos, numViews: 3, width: 16, numClasses, nuisance: 0.3 });
  return { data: await prepareTournament(views, engines[0]!.engine), truth };
}

// Several trainings each: slow on a busy machine.
describe('clusterPhotos', { timeout: 120_000 }, () => {
  it('finds how many groups there are and which', async () => {
    const { data, truth } = await prepare(240, 5);
    const found = await clusterPhotos({ ...data, numClusters: 'auto' });
    expect(found.verdict).toBe('groups');
    expect(found.numGroups).toBe(5);
    expect(ari(truth, found.labels)).toBeGreaterThan(0.9);
    expect(found.curve.filter(({ isChosen }) => isChosen)).toHaveLength(1);
    expect(found.chosen).toMatch(/look-alikes/);
  });

  it('gives the number of groups asked for, a head that says the same, and a tree through them', async () => {
    const { data, truth } = await prepare(160, 4);
    const progress: number[] = [];
    const found = await clusterPhotos({ ...data, numClusters: 4, onProgress: (done) => progress.push(done) });
    expect(accuracy(truth, found.labels)).toBeGreaterThan(0.9);
    const placed = argmaxRows(await predictProbs(data.engine, found.head!, data.features), 4);
    expect(accuracy(found.labels, placed)).toBeGreaterThan(0.97);
    const read = await readGroups(data, found, 1);
    expect([...read.labels]).toEqual([...found.labels]);
    read.probs.forEach((value, at) => expect(value).toBeCloseTo(found.probs[at]!, 5));
    expect((await readGroups(data, found, 0.01)).numGroups).toBeLessThanOrEqual(4);
    for (let i = 1; i < progress.length; i++) expect(progress[i]).toBeGreaterThanOrEqual(progress[i - 1]!);
  });

  it('gives the same groups for the same seed', async () => {
    const { data } = await prepare(100, 3);
    const [one, two] = [
      await clusterPhotos({ ...data, numClusters: 3 }),
      await clusterPhotos({ ...data, numClusters: 3 }),
    ];
    expect([...one.probs]).toEqual([...two.probs]);
  });

  it('says so when photos are too few', async () => {
    const { data } = await prepare(12, 2);
    const found = await clusterPhotos({ ...data, numClusters: 'auto' });
    expect(found.verdict).toBe('too-few-photos');
    expect([...found.labels]).toEqual(new Array(12).fill(-1));
  });

  it('stops when asked', async () => {
    const { data } = await prepare(100, 3);
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(clusterPhotos({ ...data, numClusters: 3, signal: stop })).rejects.toThrow('enough');
  });

  it('has a draft early', async () => {
    const { data, truth } = await prepare(200, 4);
    const draft = await draftGroups(data);
    expect(ari(truth, draft.labels)).toBeGreaterThan(0.7);
  });
});
