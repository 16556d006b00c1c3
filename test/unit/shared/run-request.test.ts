import { describe, expect, it } from 'vitest';

import { contract } from '@shared/ipc/contract';
import { RunOptions } from '@shared/model/run';

describe('what is asked of a run', () => {
  it('says nothing of what the person did not say, so that the library keeps its seed, trunk and detail', () => {
    const { input } = contract.procedures['pipeline.start'];
    expect(input.parse({ options: {} })).toEqual({ options: {} });
    expect(input.parse({ options: { relearn: true } })).toEqual({ options: { relearn: true } });
  });

  it('is whole once the library has had its say', () => {
    expect(RunOptions.parse({ seed: 7 })).toMatchObject({ seed: 7, numGroups: 'auto', detail: 1, relearn: false });
  });
});
