/**
 * @file The constants stand in memory, four times each: V8 builds a constant vector anew wherever it is used, in several instructions, where
 * one can read it. That took half of the time of a softmax.
 */

/** Where float32 ends. */
const least = memory.data<f32>([-87, -87, -87, -87], 16);
const log2e = memory.data<f32>([Mathf.LOG2E, Mathf.LOG2E, Mathf.LOG2E, Mathf.LOG2E], 16);
/** 1.5·2²³: a small number added to it is rounded to a whole one, which then stands in the lowest bits. */
const rounder = memory.data<f32>([12582912, 12582912, 12582912, 12582912], 16);
/** ln 2 in two parts, the first with few bits, so that n times it is exact; the second is taken from it. */
const ln2High = memory.data<f32>([0.693359375, 0.693359375, 0.693359375, 0.693359375], 16);
const ln2Low = memory.data<f32>([2.1219444e-4, 2.1219444e-4, 2.1219444e-4, 2.1219444e-4], 16);
/** 1/6!, 1/5!, 1/4!, 1/3!, 1/2!, 1. */
const taylor6 = memory.data<f32>([1.0 / 720.0, 1.0 / 720.0, 1.0 / 720.0, 1.0 / 720.0], 16);
const taylor5 = memory.data<f32>([1.0 / 120.0, 1.0 / 120.0, 1.0 / 120.0, 1.0 / 120.0], 16);
const taylor4 = memory.data<f32>([1.0 / 24.0, 1.0 / 24.0, 1.0 / 24.0, 1.0 / 24.0], 16);
const taylor3 = memory.data<f32>([1.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0], 16);
const taylor2 = memory.data<f32>([0.5, 0.5, 0.5, 0.5], 16);
const one = memory.data<f32>([1, 1, 1, 1], 16);
const exponentOfOne = memory.data<i32>([127, 127, 127, 127], 16);

/**
 * e^x for x ≤ 0 in single precision, four at a time; below −87, e^−87.
 *
 * x = n·ln 2 + r with |r| ≤ ln 2 / 2: 2^n is written into the exponent's bits, e^r is Taylor's polynomial of degree six, which is off by 2e-7 of
 * its value at most.
 */
export function exp4(x: v128): v128 {
  x = f32x4.pmax(x, v128.load(least));
  const rounded = f32x4.add(f32x4.mul(x, v128.load(log2e)), v128.load(rounder));
  const n = f32x4.sub(rounded, v128.load(rounder));
  let r = f32x4.sub(x, f32x4.mul(n, v128.load(ln2High)));
  r = f32x4.add(r, f32x4.mul(n, v128.load(ln2Low)));
  let power = v128.load(taylor6);
  power = f32x4.add(f32x4.mul(power, r), v128.load(taylor5));
  power = f32x4.add(f32x4.mul(power, r), v128.load(taylor4));
  power = f32x4.add(f32x4.mul(power, r), v128.load(taylor3));
  power = f32x4.add(f32x4.mul(power, r), v128.load(taylor2));
  power = f32x4.add(f32x4.mul(power, r), v128.load(one));
  power = f32x4.add(f32x4.mul(power, r), v128.load(one));
  return f32x4.mul(power, i32x4.shl(i32x4.add(rounded, v128.load(exponentOfOne)), 23));
}
