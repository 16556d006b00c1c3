import type { Engine } from '../engine';
import { multiply } from '../linear-algebra';
import type { Matrix } from '../matrix';

export interface NtXentOptions {
  /** τ. */
  temperature: number;
  /** Unit (burst or duplicate set) of each of the B photos; photos of one unit are no negatives of each other. Shape: [B]. */
  unitIndex?: ArrayLike<number>;
}

/**
 * SimCLR's normalised, temperature-scaled cross entropy over a batch of B photos under two views each:
 *
 *     L = −(1/2B) Σᵢ log [ exp(⟨zᵢ, z₊ᵢ⟩/τ) / Σ_{j≠i} exp(⟨zᵢ, zⱼ⟩/τ) ]
 *
 * Row i and row i + B are the two views of photo i. With P the row-wise softmax of the similarities and Y the matrix of the
 * positives, the gradient with respect to z is (G + Gᵀ)·z/τ, G = (P − Y)/2B.
 *
 * @param z Rows of length 1. Shape: [2B, W].
 * @returns The loss in nats and its gradient with respect to z, [2B, W].
 *
 * Chen et al., A Simple Framework for Contrastive Learning of Visual Representations, ICML 2020, arXiv:2002.05709.
 */
export async function ntXentLossGradient(
  engine: Engine,
  z: Matrix,
  { temperature, unitIndex }: NtXentOptions,
): Promise<{ loss: number; gradient: Matrix }> {
  const count = z.rows;
  const half = count / 2;
  if (count < 4 || !Number.isInteger(half))
    throw new RangeError('The batch needs two views each of two photos or more.');
  const similarities = await multiply(engine, z, z, { transposeB: true });
  const { values } = similarities;
  const inverse = 1 / temperature;
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const start = i * count;
    const positive = i < half ? i + half : i - half;
    const unit = unitIndex?.[i % half];
    const logPositive = (values[start + positive]! - 1) * inverse;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const isLeftOut = j === i || (unitIndex !== undefined && j !== positive && unitIndex[j % half] === unit);
      // No similarity exceeds 1, so 1/τ is taken off in place of the row's maximum.
      const value = isLeftOut ? 0 : Math.exp((values[start + j]! - 1) * inverse);
      values[start + j] = value;
      sum += value;
    }
    loss += (Math.log(sum) - logPositive) / count;
    const scale = 1 / (sum * count);
    for (let j = 0; j < count; j++) values[start + j]! *= scale;
    values[start + positive]! -= 1 / count;
  }
  // G + Gᵀ is symmetric: written over G, entry by entry.
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      const both = (values[i * count + j]! + values[j * count + i]!) * inverse;
      values[i * count + j] = both;
      values[j * count + i] = both;
    }
  }
  return { loss, gradient: await multiply(engine, similarities, z) };
}
