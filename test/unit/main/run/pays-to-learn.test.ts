import { describe, expect, it } from 'vitest';

import { hasManyNew, miscShare, whyLearnAgain } from '@main/run/pays-to-learn';

const few = { numLearned: 1000, numNew: 100, miscShareThen: 0.1, miscShareNow: 0.12 };

describe('whyLearnAgain', () => {
  it('places a few photos that are like those of before', () => {
    expect(whyLearnAgain(few)).toBeNull();
  });

  it.each([
    [200, false],
    [201, true],
  ])('learns again from more than a fifth of new photos: %i of 1,000', (numNew, isLearned) => {
    expect(hasManyNew({ ...few, numNew })).toBe(isLearned);
    expect(whyLearnAgain({ ...few, numNew }) !== null).toBe(isLearned);
  });

  it('learns again once twice as many photos as then are unsure or in no group', () => {
    expect(whyLearnAgain({ ...few, miscShareNow: 0.2 })).toBeNull();
    expect(whyLearnAgain({ ...few, miscShareNow: 0.21 })).toMatch(/unsure or in no group/);
  });

  it('does not learn again for the first odd photo of a library that had none', () => {
    expect(whyLearnAgain({ ...few, miscShareThen: 0, miscShareNow: 0.01 })).toBeNull();
    expect(whyLearnAgain({ ...few, miscShareThen: 0, miscShareNow: 0.11 })).not.toBeNull();
  });
});

describe('miscShare', () => {
  it('counts photos in no group and unsure ones', () => {
    const of = (groupId: string | null, confidence: number) => ({ groupId, confidence });
    expect(miscShare([of(null, 0.9), of('a', 0.49), of('a', 0.5), of('b', 1)])).toBe(0.5);
    expect(miscShare([])).toBe(0);
  });
});
