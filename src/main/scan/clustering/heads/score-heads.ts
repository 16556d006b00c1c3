import type { Engine } from '../../engine/engine';
import { predictProbs, type Heads } from './heads';
import { release, type ViewSet } from '../../math/matrix';
import { toRagged, type AnyNeighbors } from '../../neighbors/neighbor-lists';

/** Fills `selectionLoss` (mean −log⟨pᵢ,pⱼ⟩ over pairs minus H(p̄), λ = 1) and `deadClusters`, on the canonical view. */
export async function scoreHeads(heads: Heads, features: ViewSet, pairs: AnyNeighbors, engine: Engine): Promise<void> {
  const { offsets, indices } = toRagged(pairs);
  const { numClusters } = heads;
  let probs: Float32Array | undefined;
  for (let head = 0; head < heads.numHeads; head++) {
    probs = await predictProbs(engine, heads, features, { head, into: probs });
    const mean = new Float64Array(numClusters);
    const sizes = new Int32Array(numClusters);
    let consistency = 0;
    let numUsed = 0;
    for (let i = 0; i < features.numPhotos; i++) {
      const own = i * numClusters;
      let top = 0;
      for (let c = 0; c < numClusters; c++) {
        mean[c]! += probs[own + c]! / features.numPhotos;
        if (probs[own + c]! > probs[own + top]!) top = c;
      }
      sizes[top]!++;
      for (let e = offsets[i]!; e < Math.min(offsets[i + 1]!, offsets[i]! + 5); e++) {
        const other = indices[e]! * numClusters;
        let shared = 1e-8;
        for (let c = 0; c < numClusters; c++) shared += probs[own + c]! * probs[other + c]!;
        consistency -= Math.log(shared);
        numUsed++;
      }
    }
    const negativeEntropy = mean.reduce((sum, p) => sum + p * Math.log(Math.max(p, 1e-8)), 0);
    heads.selectionLoss[head] = consistency / Math.max(1, numUsed) + negativeEntropy;
    heads.deadClusters[head] = sizes.reduce((count, size) => count + (size === 0 ? 1 : 0), 0);
  }
  if (probs) release(probs);
}
