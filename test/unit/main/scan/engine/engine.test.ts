import { describe, expect, it } from 'vitest';

import { listEngines, measureGflops, openEngine } from '@main/scan/engine/engine';

describe('engines', () => {
  it('opens the fastest engine present and measures it', async () => {
    const engine = await openEngine('auto');
    expect(engine.device).not.toBe('');
    expect(engine.version).toMatch(/^\d+\.\d+/);
    const before = engine.tf.memory().numTensors;
    expect(await measureGflops(engine, 2)).toBeGreaterThan(0);
    expect(engine.tf.memory().numTensors).toBe(before);
    engine.dispose();
  });

  it('opens the one that is asked for', async () => {
    const engine = await openEngine('wasm');
    expect(engine.name).toBe('wasm');
    expect(engine.tf.getBackend()).toBe('wasm');
    expect(engine.fallbackReasons).toEqual([]);
    engine.dispose();
  });

  it('lists all three, with a reason for each that is not there', async () => {
    const engines = await listEngines();
    expect(engines.map(({ name }) => name)).toEqual(['tensorflow', 'webgpu', 'wasm']);
    for (const { why } of engines) expect(why).not.toBe('');
    expect(engines.at(-1)).toMatchObject({ name: 'wasm', available: true });
  });
});
