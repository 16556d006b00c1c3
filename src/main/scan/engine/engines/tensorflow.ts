import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';

import type { TensorFlow } from './tensorflow-namespace';

const requireFrom = createRequire(import.meta.url);
const packageName = '@tensorflow/tfjs-node-gpu';

/**
 * Opens libtensorflow: on the GPU where CUDA is there, else on the native CPU.
 *
 * The package is looked for where npm installs it, then in `.cache/engines/tensorflow` of this project or of a folder above,
 * where `npm run engine:native` builds it, then in KINDRED_ENGINES.
 *
 * @throws {Error} With what to do, if it is not installed.
 */
export async function openTensorflow() {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  restoreRemovedHelpers();
  const tf = quietly(loadPackage);
  await tf.setBackend('tensorflow');
  await tf.ready();
  const isGpu = Boolean((tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice);
  return {
    name: 'tensorflow' as const,
    device: isGpu ? 'GPU, CUDA' : 'CPU, libtensorflow',
    version: tf.version.tfjs,
    tf,
    dispose: () => tf.disposeVariables(),
  };
}

function loadPackage(): TensorFlow {
  const failures: string[] = [];
  for (const folder of candidateFolders()) {
    try {
      return requireFrom(folder) as TensorFlow;
    } catch (error) {
      const message = (error as Error).message.split('\n')[0]!;
      if (!message.startsWith('Cannot find module')) failures.push(message);
    }
  }
  throw new Error(`${failures[0] ?? 'not installed'}; complete it with \`npm run engine:native\``);
}

function candidateFolders(): string[] {
  const inEngines = (engines: string): string => join(engines, 'tensorflow', 'node_modules', packageName);
  const folders = [packageName];
  if (process.env.KINDRED_ENGINES) folders.push(inEngines(process.env.KINDRED_ENGINES));
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    folders.push(inEngines(join(folder, '.cache', 'engines')));
    folder = dirname(folder);
  }
  return folders;
}

/** The binding's JavaScript calls two helpers that Node 23 took away. */
function restoreRemovedHelpers(): void {
  const helpers = util as unknown as Record<string, unknown>;
  helpers.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  helpers.isArray ??= (value: unknown) => Array.isArray(value);
}

/** Runs without the library's notices on the console: standard output belongs to `--json`. */
function quietly<T>(run: () => T): T {
  const { log, warn } = console;
  console.log = console.warn = () => undefined;
  try {
    return run();
  } finally {
    Object.assign(console, { log, warn });
  }
}
