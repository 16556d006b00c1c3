/** The most probable cluster of every row, the lower index in a tie. Shape of `probs`: [N, C]; of the result: [N]. */
export function argmaxRows(probs: Float32Array, numClusters: number): Int32Array {
  const labels = new Int32Array(probs.length / numClusters);
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let c = 1; c < numClusters; c++) {
      if (probs[row * numClusters + c]! > probs[row * numClusters + best]!) best = c;
    }
    labels[row] = best;
  }
  return labels;
}
