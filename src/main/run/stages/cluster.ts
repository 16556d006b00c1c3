import type { TournamentData } from '../../scan/clustering/choosing/candidates';
import type { Clustering } from '../../scan/clustering/clustering';
import { correctEdges } from '../../scan/clustering/heads/lessons';
import { clusterPhotos } from '../../scan/clustering/choosing/tournament';
import { checkpointed } from '../checkpoint';
import { type StageContext, timeStage } from '../stage-context';
import { hashOf, type Learned } from './learn-features';
import type { Mined } from './mine-neighbors';
import type { TakenLessons } from './take-lessons';

export interface Clustered {
  clustering: Clustering;
  inputHash: string;
}

/** Stage 5: trains SCAN's cluster heads, and finds out how many groups there are where nobody said. */
export async function cluster(
  context: StageContext,
  learned: Learned,
  mined: Mined,
  photoWeights?: Float32Array,
  taken: TakenLessons | null = null,
): Promise<Clustered> {
  return timeStage(context, 'cluster', async (record) => {
    const { options, progress } = context;
    const lessonsHash = taken ? [taken.hash] : [];
    const inputHash = hashOf('cluster', learned.inputHash, options.numGroups, ...lessonsHash);
    const part = progress.begin('cluster', 'Finding what belongs together', 1000);
    const data = await tournamentData(context, learned, mined);
    const clustering = await checkpointed(context, 'cluster', inputHash, () =>
      clusterPhotos({
        ...data,
        ...(taken ? { lessons: taken.lessons, edges: correctEdges(data.edges, taken.lessons) } : {}),
        photoWeights,
        numClusters: options.numGroups,
        onProgress: (done, total) => part.to((1000 * done) / total),
      }),
    );
    Object.assign(record, { items: learned.vectors.rows, inputHash, note: clustering.chosen });
    return { clustering, inputHash };
  });
}

/** What heads are trained on and groupings are judged by. */
export async function tournamentData(context: StageContext, learned: Learned, mined: Mined): Promise<TournamentData> {
  return {
    features: learned.features,
    vectors: learned.vectors,
    neighbors: mined.lists,
    numNeighbors: mined.numNeighbors,
    edges: mined.kept,
    seed: context.options.seed,
    engine: await context.engine(),
    signal: context.signal,
  };
}
