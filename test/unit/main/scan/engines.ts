import { existsSync } from 'node:fs';

import { openEngineStrictly, type Engine, type EngineName } from '@main/scan/engine/engine';

export interface TestEngine {
  engine: Engine;
  close: () => void;
}

/** WebGPU may be computed in software here, so only tests that ask for it by name get it. */
const names: EngineName[] = ['wasm', 'tensorflow'];

/** Where there is no GPU, Chromium's software driver shows at least that WebGPU computes the same; Debian's package brings it. */
const softwareDriver = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (existsSync(softwareDriver)) {
  process.env.VK_ICD_FILENAMES ??= softwareDriver;
  process.env.KINDRED_SOFTWARE_GPU ??= '1';
}

/**
 * Every engine that works here: wasm always, tensorflow where `npm run engine:native` has built it, webgpu where there is a
 * driver of any kind. Each hands out a
 * namespace that makes itself the current one first, since TF.js keeps one current engine a process.
 */
export async function openTestEngines(wanted: EngineName[] = names): Promise<TestEngine[]> {
  const opened: TestEngine[] = [];
  for (const name of wanted) {
    try {
      const engine = await openEngineStrictly(name);
      const { tf } = engine;
      const current = new Proxy(tf, {
        get(target, key) {
          tf.engine().setBackend(name);
          return Reflect.get(target, key) as unknown;
        },
      });
      opened.push({ engine: { ...engine, tf: current }, close: () => engine.dispose() });
    } catch (error) {
      if (name === 'wasm') throw error;
      console.warn(`The ${name} engine is not tested here: ${(error as Error).message}`);
    }
  }
  return opened;
}
