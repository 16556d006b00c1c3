import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { layOut } from '@renderer/lib/grid/geometry';
import { fillSlots, type SlotRow } from '@renderer/lib/grid/row-slots';

const options = { width: 648, cellSize: 96, gap: 4, padding: 24, headerHeight: 44 };
const layout = layOut([{ key: 'all', count: 1000 }], options);
const indices = (slots: readonly (SlotRow | null)[]): (number | null)[] => slots.map((row) => row?.index ?? null);

describe('the slots of a grid', () => {
  it('hold the rows from the first on, each where its number says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 100 }), (numSlots, first) => {
        const slots = fillSlots(layout, numSlots, first, false, []);
        slots.forEach((row, slot) => expect(row!.index % numSlots).toBe(slot));
        expect(indices(slots).toSorted((a, b) => a! - b!)[0]).toBe(first);
        expect(new Set(indices(slots)).size).toBe(numSlots);
      }),
    );
  });

  it('stay as they are when the window moves, but for the row that came in', () => {
    const before = fillSlots(layout, 10, 40, false, []);
    const after = fillSlots(layout, 10, 41, false, before);
    expect(after.filter((row, slot) => row !== before[slot])).toMatchObject([{ index: 50 }]);
    expect(fillSlots(layout, 10, 41, false, after)).toEqual(after);
  });

  it('are drawn anew where the layout changed', () => {
    const before = fillSlots(layout, 10, 40, false, []);
    const wider = layOut([{ key: 'all', count: 1000 }], { ...options, width: 900 });
    const after = fillSlots(wider, 10, 40, false, before);
    expect(after.every((row, slot) => row !== before[slot])).toBe(true);
  });

  it('are empty where there are fewer rows', () => {
    const small = layOut([{ key: 'all', count: 7 }], options);
    expect(indices(fillSlots(small, 4, 0, false, []))).toEqual([0, 1, null, null]);
  });

  it('know which rows only pass by, until the grid is at rest', () => {
    const before = fillSlots(layout, 3, 3, false, []);
    const flung = fillSlots(layout, 3, 4, true, before);
    expect(flung.map((row) => row!.isPassing)).toEqual([true, false, false]);
    const rest = fillSlots(layout, 3, 4, false, flung);
    expect(rest.some((row) => row!.isPassing)).toBe(false);
    expect(rest.slice(1)).toEqual(flung.slice(1));
    expect(rest[1]).toBe(flung[1]);
  });
});
