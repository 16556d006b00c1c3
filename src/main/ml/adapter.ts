import type { Engine } from './engine';
import { multiply } from './linear-algebra';
import {
  createMatrix,
  createViewSet,
  normalizeRows,
  viewRows,
  type AnyViewSet,
  type Matrix,
  type ViewSet,
} from './matrix';

/** A network of two layers on trunk features: z = unit(relu(unit(x − mean)·√D · first + firstBias) · second + secondBias). */
export interface Adapter {
  /** Mean over photos and views. Shape: [D]. */
  mean: Float32Array;
  /** Shape: [D, hidden]. */
  first: Matrix;
  firstBias: Float32Array;
  /** Shape: [hidden, W]. */
  second: Matrix;
  secondBias: Float32Array;
}

/** Scales trunk features for the adapter: around their mean, length √D. A copy. */
export function standardizeRows(rows: Float32Array, mean: Float32Array): Float32Array {
  const width = mean.length;
  const out = rows.slice();
  for (let i = 0; i < out.length; i++) out[i]! -= mean[i % width]!;
  normalizeRows(out, width);
  const scale = Math.sqrt(width);
  for (let i = 0; i < out.length; i++) out[i]! *= scale;
  return out;
}

export function addBias(values: Float32Array, bias: Float32Array): void {
  const width = bias.length;
  for (let start = 0; start < values.length; start += width)
    for (let j = 0; j < width; j++) values[start + j]! += bias[j]!;
}

export function relu(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
}

/**
 * Applies an adapter to all views.
 *
 * @returns Rows of length 1. Shape: [V, N, W].
 */
export async function applyAdapter(engine: Engine, adapter: Adapter, views: AnyViewSet): Promise<ViewSet> {
  const { mean, first, firstBias, second, secondBias } = adapter;
  const out = createViewSet(views.numViews, views.numPhotos, second.columns);
  const block = 2048;
  for (let v = 0; v < views.numViews; v++) {
    for (let start = 0; start < views.numPhotos; start += block) {
      const count = Math.min(block, views.numPhotos - start);
      const rows = standardizeRows(viewRows(views, v, start, count), mean);
      const hidden = await multiply(engine, createMatrix(count, views.width, rows), first);
      addBias(hidden.values, firstBias);
      relu(hidden.values);
      const { values } = await multiply(engine, hidden, second);
      addBias(values, secondBias);
      out.values.set(normalizeRows(values, second.columns), (v * views.numPhotos + start) * second.columns);
    }
  }
  return out;
}
