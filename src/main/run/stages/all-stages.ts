/** @file One run from the folder to the groups. Read this first. */
import { readGroups } from '../../scan/clustering/clustering';
import { MIN_UNITS } from '../../scan/clustering/choosing/tournament';
import type { StageContext } from '../stage-context';
import { assign, oldMemberships } from './assign';
import { findBaseRun } from './base-run';
import { cluster, tournamentData } from './cluster';
import { draft } from './draft';
import { embed } from './embed';
import { indexPhotos } from './index-photos';
import { joinUnits } from './join-units';
import { hashOf, learnFeatures } from './learn-features';
import { mineNeighbors } from './mine-neighbors';
import { placeNew } from './place-new';
import { selfLabel } from './self-label';
import { takeLessons } from './take-lessons';
import { teachHead } from './teach-head';
import { headAtDetail } from './head-at-detail';
import { toGrouping, ungrouped } from './to-grouping';

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
  const learned = await learnFeatures(context, units.standIns);
  const mined = await mineNeighbors(context, units.standIns, learned);
  const unitIds = units.standIns.photoIds;
  const taken = takeLessons(store, unitIds);
  const clustered = await cluster(context, learned, mined, units.weights, taken);
  const selfLabelled = await selfLabel(context, learned, mined, clustered);
  const old = oldMemberships(store);
  const taught = await teachHead(context, { learned, mined, clustered: selfLabelled, old, taken, unitIds });
  const { clustering, inputHash: clusteringHash } = taught;
  const atDetail = await readGroups(await tournamentData(context, learned, mined), clustering, options.detail);
  const grouping = toGrouping(unitIds, { ...clustering, ...atDetail }, mined);
  const rows = await headAtDetail(context, learned, clustering, atDetail, units.weights);
  const head = rows && { rows, featureModelId: learned.featureModelId, numUnits };
  const parts = { tree: clustering.tree, detail: options.detail, leaves: clustering.leaves.leafByPhoto };
  const expanded = units.expand({ ...grouping, ...(clustering.head && { parts }) });
  await assign(context, expanded, hashOf('assign', clusteringHash, options.detail), head);
  context.find(clustering.chosen);
  store.runs.setOutcome(runId, inputHash, clustering.verdict, { findings, curve: clustering.curve });
  store.runs.prune();
}

/** Another run's groups are still what is true: it is told what that run found, and what was found out since. */
function keepOutcome({ store, runId }: StageContext, earlierId: number, inputHash: string, findings: string[]): void {
  const { verdict, curve, findings: before, engine } = store.runs.report(earlierId);
  store.runs.setEngine(runId, engine);
  const told = { findings: [...new Set([...findings, ...before])], curve };
  store.runs.setOutcome(runId, inputHash, verdict ?? 'groups', told);
}
