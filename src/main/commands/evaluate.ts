import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';

import { AppError } from '@shared/ipc/errors';
import type { RunId } from '@shared/model/ids';
import { type EngineChoice, RunOptions } from '@shared/model/run';

import { dataDir, databaseFile, realFolder } from '../library-paths';
import { absolutePath } from '../typed-path';
import { bundledTrunksDir } from '../paths';
import { openStageContext } from '../run/stage-resources';
import { embed } from '../run/stages/embed';
import { indexPhotos } from '../run/stages/index-photos';
import { ownTrunksDir } from '../library-paths';
import { openStore, type Store } from '../store/store';
import { print } from './command-context';
import { evaluateSeed, type MethodScore } from './evaluate-seed';
import { ProgressLine } from './progress-line';

export interface EvaluateOptions {
  library?: string;
  groups?: number | 'auto';
  seeds?: number;
  engine?: EngineChoice;
  json?: boolean;
}

/** `kindred evaluate`: what each method finds, compared with folder names that no method sees. */
export async function evaluate(folder: string, options: EvaluateOptions): Promise<void> {
  const root = realFolder(absolutePath(folder, process.cwd()));
  const dir = options.library ? resolve(options.library) : evaluationDir(root);
  const store = openStore(databaseFile(dir));
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new AppError('cancelled', 'Stopped.'));
  process.once('SIGINT', onInterrupt);
  const line = new ProgressLine();
  const runOptions = RunOptions.parse({ engine: options.engine, numGroups: options.groups ?? 'auto' });
  const runId = store.runs.create(runOptions) as RunId;
  const resources = openStageContext({
    store,
    libraryDir: dir,
    runId,
    options: runOptions,
    trunksDirs: [bundledTrunksDir(), ownTrunksDir()],
    signal: abort.signal,
    send: (message) => message.kind === 'progress' && line.show(message.progress),
  });
  try {
    const { context } = resources;
    store.library.addFolder(root);
    await indexPhotos(context);
    const embedded = await embed(context, async () => false);
    const { truth, classes } = readTruth(store, embedded.photoIds);
    const seeds = Array.from({ length: options.seeds ?? 1 }, (_, index) => index + 1);
    const scores: MethodScore[] = [];
    for (const seed of seeds) {
      scores.push(
        ...(await evaluateSeed({ ...context, options: { ...runOptions, seed } }, embedded, truth, classes.length)),
      );
      line.stop();
    }
    const engine = await context.engine();
    const methods = summarize(scores);
    const result = {
      photos: embedded.photoIds.length,
      classes: classes.length,
      trunk: embedded.trunkId,
      views: embedded.numViews,
      engine: engine.name,
      seeds: seeds.length,
      methods,
    };
    print(options.json, result, () =>
      [
        `${result.photos} photos, ${result.classes} classes, ${result.views} views, ${result.engine}, ${result.seeds} seeds`,
        ...methods.map(
          ({ name, groups, acc, nmi, ari, seconds }) =>
            `${name.padEnd(14)} ${groups.toFixed(1).padStart(6)} groups   ACC ${show(acc)}   NMI ${show(nmi)}   ARI ${show(ari)}   ${seconds.toFixed(0)} s`,
        ),
        'The bundled trunk was trained with ImageNet labels: on classes that ImageNet has, these figures are not “without labels”.',
      ].join('\n'),
    );
    store.runs.setState(runId, 'done');
  } finally {
    process.off('SIGINT', onInterrupt);
    await resources.dispose();
    store.close();
  }
}

/** Embeddings of an evaluated folder are kept, apart from the person's libraries. */
function evaluationDir(root: string): string {
  return join(dataDir(), 'evaluations', createHash('sha256').update(root).digest('hex').slice(0, 16));
}

/** The first folder of each photo's path is its hidden class. */
function readTruth(store: Store, photoIds: readonly number[]): { truth: Int32Array; classes: string[] } {
  const names = photoIds.map((photoId) => store.photos.get(photoId)!.path.split('/'));
  if (names.some((parts) => parts.length < 2)) {
    throw new AppError('invalid-argument', 'Every photo has to be inside a folder named after its class.');
  }
  const classes = [...new Set(names.map((parts) => parts[0]!))].sort();
  if (classes.length < 2) throw new AppError('invalid-argument', 'At least two labelled folders are needed.');
  return { truth: Int32Array.from(names, (parts) => classes.indexOf(parts[0]!)), classes };
}

interface MeanAndSd {
  mean: number;
  sd: number;
}

function summarize(scores: readonly MethodScore[]): {
  name: string;
  groups: number;
  acc: MeanAndSd;
  nmi: MeanAndSd;
  ari: MeanAndSd;
  unsorted: number;
  seconds: number;
}[] {
  const names = [...new Set(scores.map((score) => score.name))];
  return names.map((name) => {
    const own = scores.filter((score) => score.name === name);
    const over = (key: 'groups' | 'acc' | 'nmi' | 'ari' | 'unsorted' | 'seconds'): MeanAndSd =>
      meanAndSd(own.map((score) => score[key]));
    return {
      name,
      groups: over('groups').mean,
      acc: over('acc'),
      nmi: over('nmi'),
      ari: over('ari'),
      unsorted: over('unsorted').mean,
      seconds: over('seconds').mean,
    };
  });
}

function meanAndSd(values: readonly number[]): MeanAndSd {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean: rounded(mean), sd: rounded(Math.sqrt(variance)) };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function show({ mean, sd }: MeanAndSd): string {
  return `${mean.toFixed(3)} ± ${sd.toFixed(3)}`;
}
