/**
 * Turns logits into probabilities in place, one group of `width` values at a time.
 *
 * @param logits Shape: [rows, width] in any outer layout; overwritten with probs.
 */
export function softmaxRows(logits: Float32Array, width: number): Float32Array {
  for (let start = 0; start < logits.length; start += width) {
    const end = start + width;
    let largest = -Infinity;
    for (let i = start; i < end; i++) if (logits[i]! > largest) largest = logits[i]!;
    let sum = 0;
    for (let i = start; i < end; i++) {
      const value = Math.exp(logits[i]! - largest);
      logits[i] = value;
      sum += value;
    }
    const scale = 1 / sum;
    for (let i = start; i < end; i++) logits[i]! *= scale;
  }
  return logits;
}
