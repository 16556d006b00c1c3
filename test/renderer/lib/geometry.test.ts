import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  indexAt,
  indicesIn,
  layOut,
  rectOf,
  rowAt,
  rowOf,
  scrollToShow,
  type SectionSize,
  step,
} from '@renderer/lib/grid/geometry';

const options = { width: 648, cellSize: 96, gap: 4, padding: 24, headerHeight: 44 };
const three: SectionSize[] = [
  { key: 'sure', count: 14 },
  { key: 'likely', count: 3 },
  { key: 'unsure', count: 7 },
];

describe('the layout of a grid', () => {
  it('fills the width with as many columns as fit', () => {
    const layout = layOut(three, options);
    expect(layout.columns).toBe(6);
    expect(layout.side).toBe(96);
    expect(layout.total).toBe(24);
  });

  it('numbers headers and rows through all sections', () => {
    const layout = layOut(three, options);
    expect(layout.sections.map(({ firstLine, numRows }) => [firstLine, numRows])).toEqual([
      [0, 3],
      [4, 1],
      [6, 2],
    ]);
    expect(layout.numLines).toBe(9);
  });

  it('has no header where there is only one section', () => {
    const layout = layOut(
      [
        { key: 'all', count: 5 },
        { key: 'empty', count: 0 },
      ],
      options,
    );
    expect(layout.sections).toHaveLength(1);
    expect(layout.sections[0]!.hasHeader).toBe(false);
  });

  it('numbers rows through all sections, and knows the cells of each', () => {
    const layout = layOut(three, options);
    expect(layout.numRows).toBe(6);
    const rows = Array.from({ length: layout.numRows }, (_, index) => rowOf(layout, index));
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 5, 7, 8]);
    expect(rows.map(({ start, end }) => [start, end])).toEqual([
      [0, 6],
      [6, 12],
      [12, 14],
      [14, 17],
      [17, 23],
      [23, 24],
    ]);
    for (const row of rows) expect(row.top).toBe(rectOf(layout, row.start).top);
  });

  it('finds the row at a height; between sections it is the next one', () => {
    const layout = layOut(three, options);
    for (let index = 0; index < layout.numRows; index++) {
      const { top } = rowOf(layout, index);
      expect(rowAt(layout, top)).toBe(index);
      expect(rowAt(layout, top + layout.side)).toBe(index);
    }
    expect(rowAt(layout, -500)).toBe(0);
    expect(rowAt(layout, layout.sections[1]!.top)).toBe(3);
    expect(rowAt(layout, layout.height + 500)).toBe(5);
    expect(rowAt(layOut([], options), 100)).toBe(0);
  });

  it('finds back every cell from the middle of its rectangle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 200, max: 1800 }),
        (counts, width) => {
          const layout = layOut(
            counts.map((count, index) => ({ key: String(index), count })),
            { ...options, width },
          );
          for (let index = 0; index < layout.total; index++) {
            const rect = rectOf(layout, index);
            expect(indexAt(layout, rect.left + rect.width / 2, rect.top + rect.height / 2)).toBe(index);
          }
        },
      ),
    );
  });

  it('hits nothing in a gap, a header or the margin', () => {
    const layout = layOut(three, options);
    const first = rectOf(layout, 0);
    expect(indexAt(layout, first.left + first.width + 2, first.top + 10)).toBeNull();
    expect(indexAt(layout, 4, first.top + 10)).toBeNull();
    expect(indexAt(layout, first.left + 10, first.top - 10)).toBeNull();
  });

  it('gives the cells under a rubber band in order', () => {
    const layout = layOut(three, options);
    const [from, to] = [rectOf(layout, 1), rectOf(layout, 8)];
    const band = { left: from.left + 5, top: from.top + 5, width: to.left - from.left, height: to.top - from.top };
    expect(indicesIn(layout, band)).toEqual([1, 2, 7, 8]);
  });
});

describe('the keyboard in a grid', () => {
  const layout = layOut(three, options);

  it('goes left and right through everything', () => {
    expect(step(layout, 13, 'right', 3)).toBe(14);
    expect(step(layout, 0, 'left', 3)).toBe(0);
    expect(step(layout, 23, 'right', 3)).toBe(23);
  });

  it('keeps the column from section to section', () => {
    expect(step(layout, 13, 'down', 3)).toBe(15);
    expect(step(layout, 15, 'up', 3)).toBe(13);
    expect(step(layout, 11, 'down', 3)).toBe(13);
  });

  it('goes to the ends and by pages', () => {
    expect(step(layout, 7, 'home', 3)).toBe(0);
    expect(step(layout, 7, 'end', 3)).toBe(23);
    expect(step(layout, 0, 'page-down', 3)).toBe(14);
    expect(step(layout, 14, 'page-up', 3)).toBe(0);
  });

  it('never leaves the grid', () => {
    const steps = ['left', 'right', 'up', 'down', 'home', 'end', 'page-up', 'page-down'] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(...steps),
        fc.integer({ min: 0, max: 9 }),
        (index, direction, rows) => {
          const next = step(layout, index, direction, rows);
          expect(next).toBeGreaterThanOrEqual(0);
          expect(next).toBeLessThan(24);
        },
      ),
    );
  });

  it('scrolls only as far as it must', () => {
    const large = layOut([{ key: 'all', count: 6000 }], options);
    expect(scrollToShow(large, 12, 0, 800)).toBe(0);
    const top = scrollToShow(large, 600, 0, 800);
    const rect = rectOf(large, 600);
    expect(rect.top + rect.height).toBeLessThanOrEqual(top + 800);
    expect(scrollToShow(large, 600, top, 800)).toBe(top);
  });
});
