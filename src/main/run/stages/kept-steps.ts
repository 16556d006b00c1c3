import { methodSteps, type MethodSteps } from '../../scan/run-method';
import { hashOf } from '../learning-hash';
import type { StageContext } from '../stage-context';
import { keepClusters } from './cluster';
import type { Embedded } from './embed';
import { keepFeatures } from './learn-features';
import { keepLookAlikes } from './mine-neighbors';
import { keepRefinedHead } from './self-label';

/** The steps of the method as stages of a run. */
export interface KeptSteps {
  steps: MethodSteps;
  /** Names the features. */
  featuresHash: string;
  /** Names what the last step found. */
  inputHash: string;
}

/**
 * Makes every step time itself, show how far it is, and keep what it found under the hash of all that it depends on: a killed run goes on
 * where it was.
 *
 * @param units The photos that stand for units.
 * @param lessonsHash Of the corrections that heads are taught.
 */
export function keepSteps(context: StageContext, units: Embedded, lessonsHash: string | undefined): KeptSteps {
  const { seed, engine, numGroups } = context.options;
  const featuresHash = hashOf('features', units.inputHash, seed, engine);
  const clustersHash = hashOf('cluster', featuresHash, numGroups, ...(lessonsHash === undefined ? [] : [lessonsHash]));
  const inputHash = hashOf('refined-head', clustersHash);
  const steps: MethodSteps = {
    learnFeatures: keepFeatures(context, units, featuresHash),
    findLookAlikes: keepLookAlikes(context, units, featuresHash),
    clusterPhotos: keepClusters(context, clustersHash),
    // It takes a moment: there is nothing to keep.
    findTeachers: methodSteps.findTeachers,
    refineHead: keepRefinedHead(context, inputHash),
  };
  return { steps, featuresHash, inputHash };
}
