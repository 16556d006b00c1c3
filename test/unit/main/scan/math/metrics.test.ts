import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assignMaxScore, assignMinCost } from '@main/scan/math/hungarian';
import { accuracy, ari, ece, matchGroupsToClasses, nmi } from '@main/scan/math/metrics';

/** The least total over all assignments, by trying them all. */
function slowMinCost(cost: number[], rows: number, columns: number): number {
  const place = (row: number, used: Set<number>, skips: number): number => {
    if (row === rows) return 0;
    let best = skips > 0 ? place(row + 1, used, skips - 1) : Infinity;
    for (let column = 0; column < columns; column++) {
      if (used.has(column)) continue;
      best = Math.min(best, cost[row * columns + column]! + place(row + 1, new Set([...used, column]), skips));
    }
    return best;
  };
  return place(0, new Set(), Math.max(0, rows - columns));
}

const totalOf = (cost: number[], columns: number, chosen: Int32Array): number =>
  chosen.reduce((sum, column, row) => (column < 0 ? sum : sum + cost[row * columns + column]!), 0);

describe('assignMinCost', () => {
  it('finds the least total on any small matrix, wide or tall', () => {
    const matrices = fc
      .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 5 }) })
      .chain(({ rows, columns }) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          cost: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: rows * columns, maxLength: rows * columns }),
        }),
      );
    fc.assert(
      fc.property(matrices, ({ rows, columns, cost }) => {
        const chosen = assignMinCost(cost, rows, columns);
        const used = [...chosen].filter((column) => column >= 0);
        expect(new Set(used).size).toBe(Math.min(rows, columns));
        expect(used.length).toBe(Math.min(rows, columns));
        expect(totalOf(cost, columns, chosen)).toBe(slowMinCost(cost, rows, columns));
      }),
    );
  });

  it('finds the largest total where asked', () => {
    expect([...assignMaxScore([1, 5, 5, 1], 2, 2)]).toEqual([1, 0]);
  });
});

describe('metrics', () => {
  const truth = [0, 0, 0, 1, 1, 1];

  it('are 1 for the same partition under other names', () => {
    const renamed = [7, 7, 7, -1, -1, -1];
    for (const metric of [accuracy, nmi, ari]) expect(metric(truth, renamed)).toBeCloseTo(1, 12);
  });

  it('have their closed forms on a known table', () => {
    const labels = [0, 0, 1, 1, 1, 1];
    expect(accuracy(truth, labels)).toBeCloseTo(5 / 6, 12);
    // Pairs together: in both 1 + 3 = 4, in truth 6, in labels 7, of 15.
    expect(ari(truth, labels)).toBeCloseTo((4 - (6 * 7) / 15) / ((6 + 7) / 2 - (6 * 7) / 15), 12);
    const information = (2 / 6) * Math.log(2) + (1 / 6) * Math.log(6 / 12) + (3 / 6) * Math.log(18 / 12);
    const entropies = Math.log(2) - (1 / 3) * Math.log(1 / 3) - (2 / 3) * Math.log(2 / 3);
    expect(nmi(truth, labels)).toBeCloseTo(information / (entropies / 2), 12);
  });

  it('give chance its due: random labels have an ARI near 0, one group an ARI of 0', () => {
    const many = Array.from({ length: 4000 }, (_, i) => i % 4);
    const mixed = many.map((_, i) => (Math.imul(i + 1, 2654435761) >>> 16) % 4);
    expect(Math.abs(ari(many, mixed))).toBeLessThan(0.01);
    expect(
      ari(
        many,
        many.map(() => 0),
      ),
    ).toBe(0);
  });

  it('match each group to a class once, and what is left over to its commonest class', () => {
    const classByGroup = matchGroupsToClasses([0, 0, 0, 1, 1, 1, 1], [5, 5, 6, 8, 8, 8, 8]);
    expect(Object.fromEntries(classByGroup)).toEqual({ 5: 0, 6: 0, 8: 1 });
  });

  it('measure calibration: right as often as said costs nothing', () => {
    const confidences = Array.from({ length: 100 }, () => 0.75);
    expect(
      ece(
        confidences,
        confidences.map((_, i) => i < 75),
      ),
    ).toBeCloseTo(0, 10);
    expect(
      ece(
        confidences,
        confidences.map(() => false),
      ),
    ).toBeCloseTo(0.75, 10);
  });
});
