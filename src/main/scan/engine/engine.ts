/**
 * @file Where tensors are computed. Three engines behind one small interface: `tensorflow` (libtensorflow: CUDA or native
 * CPU), `webgpu` (Dawn: any GPU) and `wasm` (everywhere). The fastest present is chosen; each can be forced.
 *
 * [Note: One engine at a time] TF.js keeps one registry of backends per process, shared even by separate copies of the
 * library. Opening an engine makes it the current one; use one at a time and dispose it before opening the next.
 */
import { openTensorflow } from './engines/tensorflow';
import { openWasm } from './engines/wasm';
import { openWebgpu } from './engines/webgpu';
import type { TensorFlow } from './engines/tensorflow-namespace';

export type EngineName = 'tensorflow' | 'webgpu' | 'wasm';
export type EngineChoice = EngineName | 'auto';
export type { TensorFlow };

export interface Engine {
  name: EngineName;
  /** What computes, in words: "CPU, libtensorflow", the adapter's name, "CPU, WebAssembly SIMD". */
  device: string;
  /** Version of TF.js. */
  version: string;
  /** The TF.js namespace that computes on this engine. */
  tf: TensorFlow;
  /** Why a faster engine was not taken; empty where the first choice opened. */
  fallbackReasons: string[];
  /** Forgets the engine's tensors. The native library itself stays loaded until the process ends. */
  dispose(): void;
}

/** Fastest first. */
const openers: { name: EngineName; open: () => Promise<Omit<Engine, 'fallbackReasons'>> }[] = [
  { name: 'tensorflow', open: openTensorflow },
  { name: 'webgpu', open: openWebgpu },
  { name: 'wasm', open: openWasm },
];

/**
 * Opens an engine and tries it on one small product.
 *
 * @param choice `auto` takes the fastest present; a name takes that one, or the next slower one where it does not work.
 * @param without Engines that have failed before.
 * @throws {Error} If no engine works at all.
 */
export async function openEngine(choice: EngineChoice = 'auto', without: readonly EngineName[] = []): Promise<Engine> {
  const fallbackReasons: string[] = [];
  const first = choice === 'auto' ? 0 : openers.findIndex((opener) => opener.name === choice);
  for (const { name, open } of openers.slice(first)) {
    if (without.includes(name)) continue;
    try {
      const engine = { ...(await open()), fallbackReasons };
      await tryEngine(engine);
      return engine;
    } catch (error) {
      fallbackReasons.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(`No engine works. ${fallbackReasons.join(' · ')}`);
}

/** Opens exactly the named engine, or throws with the reason. */
export async function openEngineStrictly(name: EngineName): Promise<Engine> {
  const engine = { ...(await openers.find((opener) => opener.name === name)!.open()), fallbackReasons: [] };
  await tryEngine(engine);
  return engine;
}

/** Tries every engine and says of each whether it works here, and why not. Leaves no engine open. */
export async function listEngines(): Promise<{ name: EngineName; available: boolean; why: string }[]> {
  const found = [];
  for (const { name } of openers) {
    try {
      const engine = await openEngineStrictly(name);
      found.push({ name, available: true, why: engine.device });
      engine.dispose();
    } catch (error) {
      found.push({ name, available: false, why: firstLine(error) });
    }
  }
  return found;
}

/** Measures the matrix product, 512 × 512 · 512 × 512, the operation training is made of. In GFLOP/s. */
export async function measureGflops(engine: Engine, rounds = 8): Promise<number> {
  const { tf } = engine;
  const size = 512;
  const a = tf.fill([size, size], 0.5);
  const multiplyOnce = async (): Promise<void> => {
    const product = tf.matMul(a, a);
    await product.data();
    product.dispose();
  };
  await multiplyOnce();
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await multiplyOnce();
    best = Math.min(best, performance.now() - started);
  }
  a.dispose();
  return (2 * size ** 3) / best / 1e6;
}

async function tryEngine({ tf }: Pick<Engine, 'tf'>): Promise<void> {
  const product = tf.tidy(() => tf.matMul(tf.ones([8, 16]), tf.ones([16, 8])));
  const values = await product.data();
  product.dispose();
  if (!values.every((value) => value === 16)) throw new Error('it computes wrong results');
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0]!;
}
