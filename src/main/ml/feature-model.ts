import { applyAdapter, type Adapter } from './adapter';
import type { Engine } from './engine';
import { createMatrix, createViewSet, normalizeRows, type AnyViewSet, type Matrix, type ViewSet } from './matrix';
import { applyWhitening, type Whitening } from './whiten';

/** What was learnt from a library's own photos: how to turn trunk features into the vectors everything else works on. */
export interface FeatureModel {
  whitening: Whitening;
  /** Absent where its gate refused it, or the library is too small. */
  adapter?: Adapter;
}

/**
 * Turns trunk features into learnt features: the whitened vector, and beside it the adapter's where there is one, each of
 * length 1, together scaled to length 1.
 *
 * @param views Trunk features. Shape: [V, N, D].
 * @returns Shape: [V, N, W], W = 128, or 256 with an adapter.
 */
export async function applyFeatureModel(engine: Engine, model: FeatureModel, views: AnyViewSet): Promise<ViewSet> {
  const whitened = await applyWhitening(engine, model.whitening, views);
  if (!model.adapter) return whitened;
  return concatenateFeatures(whitened, await applyAdapter(engine, model.adapter, views));
}

/** Puts two sets of unit vectors side by side, scaled to length 1: cosines become the mean of the two. */
export function concatenateFeatures(one: ViewSet, two: ViewSet): ViewSet {
  const out = createViewSet(one.numViews, one.numPhotos, one.width + two.width);
  for (let row = 0; row < one.numViews * one.numPhotos; row++) {
    out.values.set(one.values.subarray(row * one.width, (row + 1) * one.width), row * out.width);
    out.values.set(two.values.subarray(row * two.width, (row + 1) * two.width), row * out.width + one.width);
  }
  normalizeRows(out.values, out.width);
  return out;
}

/**
 * One vector a photo, the canonical view: what neighbours are searched with. Crops show less of the photo, and a mean with them finds
 * neighbours that are no better (purity .601 alone, .607 with three tenths of the mean over four crops) and groups that are alike.
 *
 * @returns Shape: [N, W].
 */
export function photoVectors(features: ViewSet): Matrix {
  const { numPhotos, width } = features;
  return createMatrix(numPhotos, width, features.values.slice(0, numPhotos * width));
}

const magic = 'KFM1';

/**
 * Packs a model into bytes: "KFM1", the length of the header (uint32 little-endian), the header (JSON: name, rows and columns
 * of every matrix), padding to a multiple of four, then the float32 values, little-endian, in the header's order.
 */
export function encodeFeatureModel(model: FeatureModel): Uint8Array {
  const parts = listParts(model);
  const header = parts.map(({ name, matrix }) => ({ name, rows: matrix.rows, columns: matrix.columns }));
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = padded(8 + text.length);
  const size = parts.reduce((sum, { matrix }) => sum + matrix.values.byteLength, start);
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const { matrix } of parts) {
    new Float32Array(bytes.buffer, at, matrix.values.length).set(matrix.values);
    at += matrix.values.byteLength;
  }
  return bytes;
}

/** @throws {Error} If the bytes are not a feature model this version reads. */
export function decodeFeatureModel(stored: Uint8Array): FeatureModel {
  const bytes = stored.slice();
  const length = bytes.length >= 8 ? new DataView(bytes.buffer).getUint32(4, true) : 0;
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== magic || bytes.length < 8 + length)
    throw new Error('These bytes are not a feature model of this version.');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as {
    name: string;
    rows: number;
    columns: number;
  }[];
  const found: Record<string, Matrix> = {};
  let at = padded(8 + length);
  for (const { name, rows, columns } of header) {
    found[name] = createMatrix(rows, columns, new Float32Array(bytes.buffer, at, rows * columns));
    at += rows * columns * 4;
  }
  const part = (name: string): Matrix => {
    if (!found[name]) throw new Error(`The feature model lacks ${name}.`);
    return found[name];
  };
  const whitening = { mean: part('whitening.mean').values, directions: part('whitening.directions') };
  if (!found['adapter.first']) return { whitening };
  const adapter = {
    mean: part('adapter.mean').values,
    first: part('adapter.first'),
    firstBias: part('adapter.firstBias').values,
    second: part('adapter.second'),
    secondBias: part('adapter.secondBias').values,
  };
  return { whitening, adapter };
}

function listParts({ whitening, adapter }: FeatureModel): { name: string; matrix: Matrix }[] {
  const row = (values: Float32Array): Matrix => createMatrix(1, values.length, values);
  const parts = [
    { name: 'whitening.mean', matrix: row(whitening.mean) },
    { name: 'whitening.directions', matrix: whitening.directions },
  ];
  if (adapter) {
    parts.push(
      { name: 'adapter.mean', matrix: row(adapter.mean) },
      { name: 'adapter.first', matrix: adapter.first },
      { name: 'adapter.firstBias', matrix: row(adapter.firstBias) },
      { name: 'adapter.second', matrix: adapter.second },
      { name: 'adapter.secondBias', matrix: row(adapter.secondBias) },
    );
  }
  return parts;
}

function padded(size: number): number {
  return Math.ceil(size / 4) * 4;
}
