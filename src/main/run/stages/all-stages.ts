/** @file One run from the folder to the groups. Read this first. */
import { groupsAtDetail, learnGroups } from '../../scan/run-method';
import { MIN_UNITS } from '../../scan/clustering/tournament';
import type { StageContext } from '../stage-context';
import { assign, oldMemberships } from './assign';
import { findBaseRun } from './base-run';
import { draft } from './draft';
import { embed } from './embed';
import { indexPhotos } from './index-photos';
import { joinUnits } from './join-units';
import { hashOf } from '../learning-hash';
import { keepSteps } from './kept-steps';
import { trunkViews } from './learn-features';
import { placeNew } from './place-new';
import { takeLessons } from './take-lessons';
import { teachHead } from './teach-head';
import { headAtDetail } from './head-at-detail';
import { ungrouped } from './ungrouped';

/**
 * Runs the seven stages. Each takes what the one before found; what is finished is kept under the hash of its input, so a killed run goes on
 * where it was and a run with nothing new ends at once.
 */
export async function runAllStages(context: StageContext, findings: string[]): Promise<void> {
  const { store, options, runId } = context;
  await indexPhotos(context);
  const embedded = await embed(context, (firstLook) => draft(context, firstLook));
  const inputHash = hashOf('run', embedded.inputHash, options.seed, options.engine, options.numGroups);
  const previous = store.runs.latestDone();
  const isAtDetail = (store.trees.current()?.detail ?? options.detail) === options.detail;
  const isKnown = previous?.input_hash === inputHash && store.placements.isComplete() && isAtDetail;
  if (!options.relearn && previous && isKnown) {
    return keepOutcome(context, previous.id, inputHash, findings);
  }
  // From here on a burst or a set of copies is one photo.
  const units = joinUnits(context, embedded);
  // A few new photos go where the run that is shown would have put them, and nothing else moves (see [Note: Placing without learning]).
  const base = findBaseRun(context);
  if (base && (await placeNew(context, units, base))) return keepOutcome(context, base.runId, inputHash, findings);
  const numUnits = units.standIns.photoIds.length;
  if (numUnits < MIN_UNITS) {
    const count = numUnits === 1 ? '1 photo is' : `${numUnits} photos are`;
    const why = `${count} too few to learn from: Kindred needs ${MIN_UNITS} or more.`;
    context.find(`${why} You can still make groups by hand and export them.`);
    await assign(context, units.expand(ungrouped(units.standIns.photoIds)), inputHash);
    store.runs.setOutcome(runId, inputHash, 'too-few-photos', { findings, curve: [] });
    return;
  }
  const { photoIds: unitIds } = units.standIns;
  const taken = takeLessons(store, unitIds);
  const kept = keepSteps(context, units.standIns, taken?.hash);
  const input = { views: trunkViews(context, units.standIns), weights: units.weights, lessons: taken?.lessons };
  const settings = { ...options, engine: await context.engine(), signal: context.signal };
  const groups = await learnGroups(input, settings, kept.steps);
  const old = oldMemberships(store);
  const { clustering, inputHash: taughtHash } = await teachHead({
    ...{ groups, inputHash: kept.inputHash, old, taken, unitIds },
  });
  const shown = await groupsAtDetail({ ...groups, clustering }, options.detail);
  const rows = await headAtDetail(context, groups.learned, clustering, shown, units.weights);
  const featureModelId = store.learned.featureModel(kept.featuresHash)!.id;
  const head = rows && { rows, featureModelId, numUnits };
  const parts = { tree: clustering.tree, detail: options.detail, leaves: clustering.leaves.leafByPhoto };
  const expanded = units.expand({ photoIds: unitIds, ...shown, ...(clustering.head && { parts }) });
  await assign(context, expanded, hashOf('assign', taughtHash, options.detail), head);
  context.find(clustering.chosen);
  store.runs.setOutcome(runId, inputHash, clustering.verdict, { findings, curve: clustering.curve });
  store.runs.prune();
  store.learned.pruneFeatureModels();
}

/** Nothing has changed, so an earlier run's groups are kept. The report gets what that run found and what was noticed since. */
function keepOutcome({ store, runId }: StageContext, earlierId: number, inputHash: string, findings: string[]): void {
  const { verdict, curve, findings: before, engine } = store.runs.report(earlierId);
  store.runs.setEngine(runId, engine);
  const told = { findings: [...new Set([...findings, ...before])], curve };
  store.runs.setOutcome(runId, inputHash, verdict ?? 'groups', told);
}
