/** 1.5·2²³: a small number added to it is rounded to a whole one, which then stands in the lowest bits. */
const rounder: f32 = 12582912;

/**
 * e^x for x ≤ 0 in single precision, four at a time; below −87, where float32 ends, e^−87.
 *
 * x = n·ln 2 + r with |r| ≤ ln 2 / 2: 2^n is written into the exponent's bits, e^r is Taylor's polynomial of degree six, which is off by 2e-7 of
 * its value at most.
 */
export function exp4(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(-87));
  const rounded = f32x4.add(f32x4.mul(x, f32x4.splat(Mathf.LOG2E)), f32x4.splat(rounder));
  const n = f32x4.sub(rounded, f32x4.splat(rounder));
  // ln 2 in two parts, the first with few bits, so that n times it is exact.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let power = f32x4.splat(1.0 / 720.0);
  power = f32x4.add(f32x4.mul(power, r), f32x4.splat(1.0 / 120.0));
  power = f32x4.add(f32x4.mul(power, r), f32x4.splat(1.0 / 24.0));
  power = f32x4.add(f32x4.mul(power, r), f32x4.splat(1.0 / 6.0));
  power = f32x4.add(f32x4.mul(power, r), f32x4.splat(0.5));
  power = f32x4.add(f32x4.mul(power, r), f32x4.splat(1.0));
  power = f32x4.add(f32x4.mul(power, r), f32x4.splat(1.0));
  return f32x4.mul(power, i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23));
}
