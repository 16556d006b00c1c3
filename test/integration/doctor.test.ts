import { expect, it } from 'vitest';
import { z } from 'zod';

import { openEngineStrictly } from '@main/ml/engine';

import { kindredJson } from '../helpers/run-kindred';
import { temporaryFolder } from '../helpers/temporary-folder';
// Chromium's software driver counts as a GPU where there is none; the program is started with the same settings.
import '../unit/main/ml/engines';

const EngineNames = z.enum(['tensorflow', 'webgpu', 'wasm']);
const DoctorJson = z.object({
  engine: z.object({ name: EngineNames, gflops: z.number() }),
  engines: z.array(z.object({ name: EngineNames, available: z.boolean(), why: z.string() })),
});

/** What the source says of an engine: its device, or why there is none. */
async function askSource(name: z.infer<typeof EngineNames>): Promise<{ available: boolean; why: string }> {
  try {
    const { device, dispose } = await openEngineStrictly(name);
    dispose();
    return { available: true, why: device };
  } catch (error) {
    return { available: false, why: (error as Error).message.trim().split('\n')[0]! };
  }
}

it('has the same engines when built as it has from its source', async () => {
  const { engine, engines } = await kindredJson(DoctorJson, ['doctor'], temporaryFolder());
  expect(engines.map(({ name }) => name)).toEqual(EngineNames.options);
  for (const { name, available, why } of engines)
    expect({ name, available, why }).toEqual({ name, ...(await askSource(name)) });
  expect(engine.name).toBe(engines.find(({ available }) => available)!.name);
  expect(engine.gflops).toBeGreaterThan(0);
});
