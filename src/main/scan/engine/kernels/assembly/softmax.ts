import { exp4 } from './exp';
import { loadTail, maxOf, storeTail, sumOf } from './lanes';

/** Adds biases to a row of logits, in place, and returns the largest of it. */
export function addBiases(row: usize, biases: usize, count: usize): f32 {
  let largest = f32x4.splat(-f32.MAX_VALUE);
  const whole = count & ~3;
  for (let c: usize = 0; c < whole; c += 4) {
    const logits = f32x4.add(v128.load(row + (c << 2)), v128.load(biases + (c << 2)));
    v128.store(row + (c << 2), logits);
    largest = f32x4.pmax(largest, logits);
  }
  const rest = count & 3;
  if (rest) {
    const at = whole << 2;
    const logits = f32x4.add(loadTail(row + at, rest, -f32.MAX_VALUE), loadTail(biases + at, rest, 0));
    storeTail(row + at, rest, logits);
    largest = f32x4.pmax(largest, logits);
  }
  return maxOf(largest);
}

/** Turns the logits of one row into probs, in place. The largest logit is known. */
export function softmax(row: usize, largestLogit: f32, count: usize): void {
  const largest = f32x4.splat(largestLogit);
  let sums = f32x4.splat(0);
  const whole = count & ~3;
  for (let c: usize = 0; c < whole; c += 4) {
    const powers = exp4(f32x4.sub(v128.load(row + (c << 2)), largest));
    v128.store(row + (c << 2), powers);
    sums = f32x4.add(sums, powers);
  }
  const rest = count & 3;
  if (rest) {
    const at = row + (whole << 2);
    const powers = exp4(f32x4.sub(loadTail(at, rest, -f32.MAX_VALUE), largest));
    storeTail(at, rest, powers);
    sums = f32x4.add(sums, powers);
  }
  const scale: f32 = 1 / sumOf(sums);
  for (let c: usize = 0; c < whole; c += 4) {
    v128.store(row + (c << 2), f32x4.mul(v128.load(row + (c << 2)), f32x4.splat(scale)));
  }
  for (let c: usize = whole; c < count; c++) store<f32>(row + (c << 2), load<f32>(row + (c << 2)) * scale);
}

/** sums += weight · row. */
export function accumulate(sums: usize, row: usize, weight: f32, count: usize): void {
  const whole = count & ~3;
  for (let c: usize = 0; c < whole; c += 4) {
    const added = f32x4.mul(v128.load(row + (c << 2)), f32x4.splat(weight));
    v128.store(sums + (c << 2), f32x4.add(v128.load(sums + (c << 2)), added));
  }
  for (let c: usize = whole; c < count; c++) {
    store<f32>(sums + (c << 2), load<f32>(sums + (c << 2)) + weight * load<f32>(row + (c << 2)));
  }
}
