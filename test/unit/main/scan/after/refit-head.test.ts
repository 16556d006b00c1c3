import { describe, expect, it } from 'vitest';

import { createMatrix, normalizeRows, type Matrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';
import { addRow, type HeadRows, logitsOf, refitHead, secondMoment } from '@main/scan/after/refit-head';

const WIDTH = 8;
const PER_KIND = 40;
/** Of 160 photos in eight dimensions, three hold much less than of 5,000 in hundreds. */
const LIGHT = { hold: 0.05, ridge: 0.05 };

/** Photos around one direction a kind, and a head with a row along each direction but the last `numUnknown`. */
function library(
  numKinds: number,
  numUnknown = 0,
): { vectors: Matrix; head: HeadRows; kindOf: (photo: number) => number } {
  const random = createRandom(7);
  const values = normalValues(random, numKinds * PER_KIND * WIDTH, 0.25);
  for (let photo = 0; photo < numKinds * PER_KIND; photo++) values[photo * WIDTH + (photo % numKinds)]! += 1;
  normalizeRows(values, WIDTH);
  const numGroups = numKinds - numUnknown;
  const weights = new Float32Array(numGroups * WIDTH);
  for (let g = 0; g < numGroups; g++) weights[g * WIDTH + g] = 3;
  const head = { width: WIDTH, numGroups, weights, biases: new Float32Array(numGroups) };
  return { vectors: createMatrix(numKinds * PER_KIND, WIDTH, values), head, kindOf: (photo) => photo % numKinds };
}

function labelsOf(head: HeadRows, vectors: Matrix): number[] {
  const logits = logitsOf(head, vectors);
  return Array.from({ length: vectors.rows }, (_, photo) => {
    const row = [...logits.subarray(photo * head.numGroups, (photo + 1) * head.numGroups)];
    return row.indexOf(Math.max(...row));
  });
}

describe('refitHead', () => {
  it('moves what is like a corrected photo along with it, and leaves the rows that nothing touches', () => {
    const { vectors, head, kindOf } = library(4);
    // The person says: photos of kind 0 belong to group 1.
    const taught = [0, 4, 8];
    const lessons = taught.map((photo) => ({ kind: 'in' as const, photo, group: 1 }));
    const { head: fitted, touched } = refitHead(head, vectors, secondMoment(vectors), lessons, LIGHT);
    expect(touched).toEqual([0, 1]);
    expect(fitted.weights.slice(2 * WIDTH)).toEqual(head.weights.slice(2 * WIDTH));
    const labels = labelsOf(fitted, vectors);
    const others = labels.filter((_, photo) => kindOf(photo) === 0 && !taught.includes(photo));
    expect(others.filter((label) => label === 1).length / others.length).toBeGreaterThan(0.8);
    const rest = labels.filter((label, photo) => kindOf(photo) > 0 && label !== kindOf(photo));
    expect(rest.length).toBeLessThan(6);
  });

  it('refuses a group, joins a pair and parts a pair', () => {
    const { vectors, head } = library(3);
    const probOf = (fitted: HeadRows, photo: number): number[] => {
      const all = logitsOf(fitted, vectors).subarray(photo * 3, photo * 3 + 3);
      const sum = all.reduce((total, logit) => total + Math.exp(logit), 0);
      return [...all].map((logit) => Math.exp(logit) / sum);
    };
    const moment = secondMoment(vectors);
    const refused = refitHead(head, vectors, moment, [{ kind: 'not-in', photo: 0, group: 0 }], LIGHT);
    expect(probOf(refused.head, 0)[0]).toBeLessThan(0.3);
    const shared = (fitted: HeadRows): number =>
      probOf(fitted, 0).reduce((sum, p, g) => sum + p * probOf(fitted, 1)[g]!, 0);
    const joined = refitHead(head, vectors, moment, [{ kind: 'together', photo: 0, other: 1 }], LIGHT);
    expect(shared(joined.head)).toBeGreaterThan(2 * shared(head));
    const parted = refitHead(joined.head, vectors, moment, [{ kind: 'apart', photo: 0, other: 1 }], LIGHT);
    expect(shared(parted.head)).toBeLessThan(shared(joined.head) / 2);
  });

  it('fits a row for a group that no row stood for', () => {
    const { vectors, head, kindOf } = library(4, 1);
    const grown = addRow(head, vectors, 4);
    const known = labelsOf(grown, vectors).filter((label, photo) => kindOf(photo) < 3 && label === 3);
    expect(known.length).toBeLessThan(6);
    const lessons = [3, 7, 11, 15].map((photo) => ({ kind: 'in' as const, photo, group: 3 }));
    const { head: fitted } = refitHead(grown, vectors, secondMoment(vectors), lessons, LIGHT);
    const labels = labelsOf(fitted, vectors);
    const found = labels.filter((label, photo) => kindOf(photo) === 3 && label === 3).length;
    expect(found / PER_KIND).toBeGreaterThan(0.7);
    expect(labels.filter((label, photo) => kindOf(photo) !== 3 && label === 3).length).toBeLessThan(6);
  });
});
