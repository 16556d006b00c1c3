import { exp4 } from './exp';
import { loadTail, storeTail, sumOf } from './lanes';
import { log } from './log';
import { addBiases } from './softmax';

/**
 * Logits to the gradients of TEMI's loss with respect to them, in place.
 *
 * @param logits Shape: [2B, H, C].
 * @param biases Shape: [H, C].
 * @param pairWeights Shape: [B].
 * @param inverseMean 1/p̄. Shape: [H, C].
 * @param mean Receives the mean probs of both sides. Shape: [H, C].
 * @param sums Receives the sum of the gradients over all rows. Shape: [H, C].
 * @param losses Receives the loss. Shape: [H].
 * @param shares Room for one row. Shape: [C], rounded up to a multiple of four.
 */
export function temiGradient(
  numPairs: usize,
  numHeads: usize,
  numClusters: usize,
  beta: f32,
  logits: usize,
  biases: usize,
  pairWeights: usize,
  inverseMean: usize,
  mean: usize,
  sums: usize,
  losses: usize,
  shares: usize,
): void {
  const size = numClusters << 2;
  const width = numHeads * size;
  const half = numPairs * width;
  memory.fill(mean, 0, width);
  memory.fill(sums, 0, width);
  memory.fill(losses, 0, numHeads << 2);
  for (let i: usize = 0; i < numPairs; i++) {
    const weight = load<f32>(pairWeights + (i << 2));
    for (let head: usize = 0; head < numHeads; head++) {
      const at = head * size;
      const row = logits + i * width + at;
      const loss = pairGradient(
        row,
        half,
        biases + at,
        inverseMean + at,
        mean + at,
        sums + at,
        shares,
        numClusters,
        beta,
        weight,
      );
      store<f32>(losses + (head << 2), load<f32>(losses + (head << 2)) + loss);
    }
  }
}

/**
 * One pair in one head. (p·q)^β comes straight from the logits: the softmax's two divisors are the same for all clusters and cancel in the
 * shares.
 */
function pairGradient(
  row: usize,
  half: usize,
  biases: usize,
  inverseMean: usize,
  mean: usize,
  sums: usize,
  shares: usize,
  count: usize,
  beta: f32,
  weight: f32,
): f32 {
  const largestA = f32x4.splat(addBiases(row, biases, count));
  const largestB = f32x4.splat(addBiases(row + half, biases, count));
  const beta4 = f32x4.splat(beta);
  const tail = (count & ~3) << 2;
  const rest = count & 3;
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let sum = f32x4.splat(0);
  for (let c: usize = 0; c < tail; c += 16) {
    const a = f32x4.sub(v128.load(row + c), largestA);
    const b = f32x4.sub(v128.load(row + half + c), largestB);
    const share = f32x4.mul(exp4(f32x4.mul(beta4, f32x4.add(a, b))), v128.load(inverseMean + c));
    const powerA = exp4(a);
    const powerB = exp4(b);
    v128.store(shares + c, share);
    v128.store(row + c, powerA);
    v128.store(row + half + c, powerB);
    sum = f32x4.add(sum, share);
    sumA = f32x4.add(sumA, powerA);
    sumB = f32x4.add(sumB, powerB);
  }
  if (rest) {
    const a = f32x4.sub(loadTail(row + tail, rest, -f32.MAX_VALUE), largestA);
    const b = f32x4.sub(loadTail(row + half + tail, rest, -f32.MAX_VALUE), largestB);
    const powers = exp4(f32x4.mul(beta4, f32x4.add(a, b)));
    const share = f32x4.mul(powers, loadTail(inverseMean + tail, rest, 0));
    const powerA = exp4(a);
    const powerB = exp4(b);
    storeTail(shares + tail, rest, share);
    storeTail(row + tail, rest, powerA);
    storeTail(row + half + tail, rest, powerB);
    sum = f32x4.add(sum, share);
    sumA = f32x4.add(sumA, powerA);
    sumB = f32x4.add(sumB, powerB);
  }
  const total = sumOf(sum);
  const totalA = sumOf(sumA);
  const totalB = sumOf(sumB);
  const scale = f32x4.splat(1 / total);
  const scaleA = f32x4.splat(1 / totalA);
  const scaleB = f32x4.splat(1 / totalB);
  const halfWeight = f32x4.splat(0.5 * weight);
  const slope = f32x4.splat(weight * beta);
  for (let c: usize = 0; c < tail; c += 16) {
    const p = f32x4.mul(v128.load(row + c), scaleA);
    const q = f32x4.mul(v128.load(row + half + c), scaleB);
    const share = f32x4.mul(v128.load(shares + c), scale);
    const a = f32x4.mul(slope, f32x4.sub(p, share));
    const b = f32x4.mul(slope, f32x4.sub(q, share));
    v128.store(row + c, a);
    v128.store(row + half + c, b);
    v128.store(mean + c, f32x4.add(v128.load(mean + c), f32x4.mul(halfWeight, f32x4.add(p, q))));
    v128.store(sums + c, f32x4.add(v128.load(sums + c), f32x4.add(a, b)));
  }
  if (rest) {
    const p = f32x4.mul(loadTail(row + tail, rest, 0), scaleA);
    const q = f32x4.mul(loadTail(row + half + tail, rest, 0), scaleB);
    const share = f32x4.mul(loadTail(shares + tail, rest, 0), scale);
    const a = f32x4.mul(slope, f32x4.sub(p, share));
    const b = f32x4.mul(slope, f32x4.sub(q, share));
    storeTail(row + tail, rest, a);
    storeTail(row + half + tail, rest, b);
    storeTail(mean + tail, rest, f32x4.add(loadTail(mean + tail, rest, 0), f32x4.mul(halfWeight, f32x4.add(p, q))));
    storeTail(sums + tail, rest, f32x4.add(loadTail(sums + tail, rest, 0), f32x4.add(a, b)));
  }
  return -weight * <f32>(log(total) - <f64>beta * (log(totalA) + log(totalB)));
}
