const beta1: f32 = 0.9;
const beta2: f32 = 0.999;
const epsilon: f32 = 1e-8;

/**
 * One step of Adam, in place. All arrays have `count` numbers, rounded up to a multiple of four.
 *
 * @param rate The learning rate over 1 − β₁ᵗ.
 * @param scale2 1/(1 − β₂ᵗ).
 */
export function adamStep(
  count: usize,
  parameters: usize,
  gradient: usize,
  first: usize,
  second: usize,
  rate: f32,
  scale2: f32,
): void {
  const end = count << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(first + at)), f32x4.mul(f32x4.splat(1 - beta1), g));
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(second + at)),
      f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(g, g)),
    );
    const root = f32x4.sqrt(f32x4.mul(v, f32x4.splat(scale2)));
    const change = f32x4.div(f32x4.mul(f32x4.splat(rate), m), f32x4.add(root, f32x4.splat(epsilon)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    v128.store(parameters + at, f32x4.sub(v128.load(parameters + at), change));
  }
}
