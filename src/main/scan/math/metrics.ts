/**
 * @file How well labels agree: with a hidden truth (evaluation only) or with each other (stability of heads, identity of groups).
 * Labels are any integers; −1 (Unsorted) is a label like every other, so leaving photos out never improves a figure.
 */
import { assignMaxScore } from './hungarian';

export type Labels = ArrayLike<number>;

/** Counts of photos that share a pair of labels. */
export interface Contingency {
  /** Row-major counts. Shape: [rows, columns]. */
  counts: Float64Array;
  rows: number;
  columns: number;
  rowTotals: Float64Array;
  columnTotals: Float64Array;
  total: number;
}

/** Renumbers labels to 0…n−1 in order of first appearance. */
export function compactLabels(labels: Labels): { labels: Int32Array; numLabels: number; original: number[] } {
  const indexByLabel = new Map<number, number>();
  const compact = new Int32Array(labels.length);
  for (let photo = 0; photo < labels.length; photo++) {
    const label = labels[photo]!;
    let index = indexByLabel.get(label);
    if (index === undefined) indexByLabel.set(label, (index = indexByLabel.size));
    compact[photo] = index;
  }
  return { labels: compact, numLabels: indexByLabel.size, original: [...indexByLabel.keys()] };
}

/** Cross-tabulates two labellings of the same photos. */
export function tabulate(first: Labels, second: Labels): Contingency {
  if (first.length !== second.length) throw new RangeError(`labellings of ${first.length} and ${second.length} photos`);
  const a = compactLabels(first);
  const b = compactLabels(second);
  const counts = new Float64Array(a.numLabels * b.numLabels);
  const rowTotals = new Float64Array(a.numLabels);
  const columnTotals = new Float64Array(b.numLabels);
  for (let photo = 0; photo < a.labels.length; photo++) {
    const row = a.labels[photo]!;
    const column = b.labels[photo]!;
    counts[row * b.numLabels + column]! += 1;
    rowTotals[row]! += 1;
    columnTotals[column]! += 1;
  }
  return { counts, rows: a.numLabels, columns: b.numLabels, rowTotals, columnTotals, total: a.labels.length };
}

/** Clustering accuracy: the share of photos whose group is matched to their class by the best one-to-one matching. */
export function accuracy(truth: Labels, labels: Labels): number {
  const { counts, rows, columns, total } = tabulate(truth, labels);
  if (total === 0) return 1;
  const columnByRow = assignMaxScore(counts, rows, columns);
  let matched = 0;
  columnByRow.forEach((column, row) => (matched += column < 0 ? 0 : counts[row * columns + column]!));
  return matched / total;
}

/** Normalised mutual information with the arithmetic mean of the two entropies; 1 where both labellings have one group. */
export function nmi(truth: Labels, labels: Labels): number {
  const { counts, columns, rowTotals, columnTotals, total } = tabulate(truth, labels);
  if (total === 0) return 1;
  let information = 0;
  counts.forEach((count, cell) => {
    if (count === 0) return;
    const expected = rowTotals[Math.floor(cell / columns)]! * columnTotals[cell % columns]!;
    information += (count / total) * Math.log((count * total) / expected);
  });
  const meanEntropy = (entropyOfCounts(rowTotals, total) + entropyOfCounts(columnTotals, total)) / 2;
  return meanEntropy === 0 ? 1 : Math.max(0, information / meanEntropy);
}

/** Adjusted Rand index (Hubert & Arabie, *Comparing partitions*, 1985): 1 for equal partitions, 0 expected by chance. */
export function ari(truth: Labels, labels: Labels): number {
  const { counts, rowTotals, columnTotals, total } = tabulate(truth, labels);
  const together = sumPairs(counts);
  const inRows = sumPairs(rowTotals);
  const inColumns = sumPairs(columnTotals);
  const expected = total < 2 ? 0 : (inRows * inColumns) / ((total * (total - 1)) / 2);
  const largest = (inRows + inColumns) / 2;
  return largest === expected ? 1 : (together - expected) / (largest - expected);
}

/**
 * Expected calibration error: the mean gap between confidence and the share that is right, over bins of equal width weighted by size
 * (Guo et al., *On Calibration of Modern Neural Networks*, ICML 2017).
 *
 * @param confidences In [0, 1]. Shape: [N].
 * @param isRight Whether each one was right. Shape: [N].
 */
export function ece(confidences: ArrayLike<number>, isRight: ArrayLike<boolean | number>, numBins = 15): number {
  const sums = new Float64Array(numBins);
  for (let photo = 0; photo < confidences.length; photo++) {
    const confidence = confidences[photo]!;
    const bin = Math.min(numBins - 1, Math.max(0, Math.floor(confidence * numBins)));
    sums[bin]! += confidence - Number(isRight[photo]!);
  }
  return confidences.length === 0 ? 0 : sums.reduce((gap, sum) => gap + Math.abs(sum), 0) / confidences.length;
}

/** The class each group stands for under the matching of {@link accuracy}; groups left over stand for their commonest class. */
export function matchGroupsToClasses(truth: Labels, labels: Labels): Map<number, number> {
  const groups = compactLabels(labels);
  const classes = compactLabels(truth);
  const { counts, rows, columns } = tabulate(labels, truth);
  const classByGroup = assignMaxScore(counts, rows, columns);
  return new Map(
    groups.original.map((group, row) => {
      const votes = counts.subarray(row * columns, (row + 1) * columns);
      const column = classByGroup[row]! >= 0 ? classByGroup[row]! : votes.indexOf(Math.max(...votes));
      return [group, classes.original[column]!];
    }),
  );
}

function sumPairs(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

function entropyOfCounts(counts: Float64Array, total: number): number {
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log(count / total)), 0);
}
