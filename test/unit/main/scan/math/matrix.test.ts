import { describe, expect, it } from 'vitest';

import { release } from '@main/scan/math/matrix';

describe('release', () => {
  it('gives the memory back at once', () => {
    const before = process.memoryUsage().arrayBuffers;
    const values = new Float32Array(16_000_000);
    expect(process.memoryUsage().arrayBuffers).toBeGreaterThan(before + 60_000_000);
    release(values);
    expect(values).toHaveLength(0);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(before + 10_000_000);
  });
});
