import { loadTail, storeTail, sumOf } from './lanes';
import { log } from './log';
import { accumulate, addBiases, softmax } from './softmax';

/** Least agreement of a pair, so that its logarithm exists. */
const tiny: f32 = 1e-8;

/**
 * Probs of all rows, in place, and the mean of the anchors'.
 *
 * @param logits Shape: [2B, H, C].
 * @param biases Shape: [H, C].
 * @param pairWeights Shape: [B].
 * @param mean Receives the weighted mean. Shape: [H, C].
 * @param largest Room for one number per head. Shape: [H].
 */
export function scanProbs(
  numPairs: usize,
  numHeads: usize,
  numClusters: usize,
  logits: usize,
  biases: usize,
  pairWeights: usize,
  mean: usize,
  largest: usize,
): void {
  const size = numClusters << 2;
  const width = numHeads * size;
  memory.fill(mean, 0, width);
  for (let i: usize = 0; i < 2 * numPairs; i++) {
    const row = logits + i * width;
    // In two loops: the processor looks for the largest of other heads while it computes powers.
    for (let head: usize = 0; head < numHeads; head++) {
      store<f32>(largest + (head << 2), addBiases(row + head * size, biases + head * size, numClusters));
    }
    for (let head: usize = 0; head < numHeads; head++) {
      softmax(row + head * size, load<f32>(largest + (head << 2)), numClusters);
    }
    if (i < numPairs) accumulate(mean, row, load<f32>(pairWeights + (i << 2)), numHeads * numClusters);
  }
}

/**
 * Probs to gradients with respect to the logits, in place.
 *
 * @param probs Shape: [2B, H, C].
 * @param pull λ·(log p̄ − log π). Shape: [H, C].
 * @param sums Receives the sum of the gradients over all rows. Shape: [H, C].
 * @param losses Receives −Σᵢ wᵢ log⟨pᵢ, qᵢ⟩. Shape: [H].
 */
export function scanGradient(
  numPairs: usize,
  numHeads: usize,
  numClusters: usize,
  probs: usize,
  pairWeights: usize,
  pull: usize,
  sums: usize,
  losses: usize,
): void {
  const size = numClusters << 2;
  const width = numHeads * size;
  const half = numPairs * width;
  memory.fill(sums, 0, width);
  memory.fill(losses, 0, numHeads << 2);
  for (let i: usize = 0; i < numPairs; i++) {
    const weight = load<f32>(pairWeights + (i << 2));
    for (let head: usize = 0; head < numHeads; head++) {
      const at = head * size;
      const loss = pairGradient(probs + i * width + at, half, pull + at, sums + at, numClusters, weight);
      store<f32>(losses + (head << 2), load<f32>(losses + (head << 2)) + loss);
    }
  }
}

/** One pair in one head: wp(1 − q/s + g − ⟨p, g⟩) and wq(1 − p/s), see `losses/scan-loss.ts`. */
function pairGradient(row: usize, half: usize, pull: usize, sums: usize, count: usize, weight: f32): f32 {
  const whole = count & ~3;
  const rest = count & 3;
  const tail = whole << 2;
  let shared4 = f32x4.splat(0);
  let pulled4 = f32x4.splat(0);
  for (let c: usize = 0; c < tail; c += 16) {
    const p = v128.load(row + c);
    shared4 = f32x4.add(shared4, f32x4.mul(p, v128.load(row + half + c)));
    pulled4 = f32x4.add(pulled4, f32x4.mul(p, v128.load(pull + c)));
  }
  if (rest) {
    const p = loadTail(row + tail, rest, 0);
    shared4 = f32x4.add(shared4, f32x4.mul(p, loadTail(row + half + tail, rest, 0)));
    pulled4 = f32x4.add(pulled4, f32x4.mul(p, loadTail(pull + tail, rest, 0)));
  }
  const shared: f32 = sumOf(shared4) + tiny;
  const inverse: f32 = 1 / shared;
  const base: f32 = 1 - tiny * inverse;
  const w = f32x4.splat(weight);
  const scale = f32x4.splat(inverse);
  const baseQ = f32x4.splat(base);
  const baseP = f32x4.splat(base - sumOf(pulled4));
  for (let c: usize = 0; c < tail; c += 16) {
    const p = v128.load(row + c);
    const q = v128.load(row + half + c);
    const byP = f32x4.add(f32x4.sub(baseP, f32x4.mul(q, scale)), v128.load(pull + c));
    const a = f32x4.mul(f32x4.mul(w, p), byP);
    const b = f32x4.mul(f32x4.mul(w, q), f32x4.sub(baseQ, f32x4.mul(p, scale)));
    v128.store(row + c, a);
    v128.store(row + half + c, b);
    v128.store(sums + c, f32x4.add(v128.load(sums + c), f32x4.add(a, b)));
  }
  if (rest) {
    const p = loadTail(row + tail, rest, 0);
    const q = loadTail(row + half + tail, rest, 0);
    const byP = f32x4.add(f32x4.sub(baseP, f32x4.mul(q, scale)), loadTail(pull + tail, rest, 0));
    const a = f32x4.mul(f32x4.mul(w, p), byP);
    const b = f32x4.mul(f32x4.mul(w, q), f32x4.sub(baseQ, f32x4.mul(p, scale)));
    storeTail(row + tail, rest, a);
    storeTail(row + half + tail, rest, b);
    storeTail(sums + tail, rest, f32x4.add(loadTail(sums + tail, rest, 0), f32x4.add(a, b)));
  }
  return -weight * <f32>log(shared);
}
