/** @file Plain numbers in memory: what the learning code passes around. Tensors live only inside one function at a time. */

/** A dense matrix, row-major: the value of row r and column c is `values[r * columns + c]`. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** Vectors of V views of N photos, [V, N, D]: view 0 is the canonical one (resize, centre crop). */
export interface ViewSet {
  numViews: number;
  numPhotos: number;
  width: number;
  values: Float32Array;
}

/** Vectors that are read as they are needed: the trunk features of 50,000 photos are half a gigabyte even in half precision. */
export interface StreamedViewSet {
  numViews: number;
  numPhotos: number;
  width: number;
  /** Rows `start` to `start + count` of one view, the caller's own. Shape: [count, D]. */
  read: (viewIndex: number, start: number, count: number) => Float32Array;
}

export type AnyViewSet = ViewSet | StreamedViewSet;

/** A matrix in half precision, read a row at a time. */
export interface PackedMatrix {
  rows: number;
  columns: number;
  values: Float16Array;
}

export function createMatrix(rows: number, columns: number, values?: Float32Array): Matrix {
  const held = values ?? new Float32Array(rows * columns);
  if (held.length !== rows * columns) throw new RangeError(`${held.length} values are not ${rows} × ${columns}`);
  return { rows, columns, values: held };
}

export function createViewSet(numViews: number, numPhotos: number, width: number, values?: Float32Array): ViewSet {
  const held = values ?? new Float32Array(numViews * numPhotos * width);
  if (held.length !== numViews * numPhotos * width)
    throw new RangeError(`${held.length} values are not ${numViews} × ${numPhotos} × ${width}`);
  return { numViews, numPhotos, width, values: held };
}

/**
 * Gives the memory of an array back now; it is empty from then on. Only for one that was just made and that nobody else has: of large products that
 * are made one after the other, the garbage collector lets some 80 MB pile up.
 */
export function release({ buffer }: Float32Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Row r of a matrix: a window on its values, not a copy; of a packed matrix a converted copy. */
export function rowOf({ values, columns }: Matrix | PackedMatrix, row: number): Float32Array {
  const window = values.subarray(row * columns, (row + 1) * columns);
  return window instanceof Float32Array ? window : new Float32Array(window);
}

/** Rows `start` to `start + count` of one view: a window where the set is in memory. */
export function viewRows(views: AnyViewSet, viewIndex: number, start: number, count: number): Float32Array {
  if ('read' in views) return views.read(viewIndex, start, count);
  const from = (viewIndex * views.numPhotos + start) * views.width;
  return views.values.subarray(from, from + count * views.width);
}

/** One view of all photos, [N, D]: a window where the set is in memory. */
export function viewMatrix(views: AnyViewSet, viewIndex: number): Matrix {
  return createMatrix(views.numPhotos, views.width, viewRows(views, viewIndex, 0, views.numPhotos));
}

/** Scales every row of `width` values to length 1, in place; rows of zeros stay. */
export function normalizeRows(values: Float32Array, width: number): Float32Array {
  for (let start = 0; start < values.length; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += values[i]! * values[i]!;
    if (sum === 0) continue;
    const scale = 1 / Math.sqrt(sum);
    for (let i = start; i < start + width; i++) values[i]! *= scale;
  }
  return values;
}

/** The mean over views of photos `start` to `start + count` (all where left out), [count, D]. */
export function meanOverViews(views: AnyViewSet, start = 0, count = views.numPhotos - start): Matrix {
  const mean = createMatrix(count, views.width);
  const size = mean.values.length;
  for (let v = 0; v < views.numViews; v++) {
    const values = viewRows(views, v, start, count);
    for (let i = 0; i < size; i++) mean.values[i]! += values[i]!;
  }
  for (let i = 0; i < size; i++) mean.values[i]! /= views.numViews;
  return mean;
}

/** The named photos only, in the order named: [V, M, D], a copy. */
export function selectPhotos(views: ViewSet, photoIndices: ArrayLike<number>): ViewSet {
  const chosen = createViewSet(views.numViews, photoIndices.length, views.width);
  let at = 0;
  for (let v = 0; v < views.numViews; v++) {
    for (let i = 0; i < photoIndices.length; i++) {
      const from = (v * views.numPhotos + photoIndices[i]!) * views.width;
      chosen.values.set(views.values.subarray(from, from + views.width), at);
      at += views.width;
    }
  }
  return chosen;
}

/** The named rows, in the order named. */
export function selectRows(matrix: Matrix, rowIndices: ArrayLike<number>): Matrix {
  const chosen = createMatrix(rowIndices.length, matrix.columns);
  for (let i = 0; i < rowIndices.length; i++) chosen.values.set(rowOf(matrix, rowIndices[i]!), i * matrix.columns);
  return chosen;
}

/** Rows become columns. In blocks of 32, so that both sides stay in the cache. */
export function transpose(matrix: Matrix): Matrix {
  const { rows, columns, values } = matrix;
  const out = new Float32Array(values.length);
  const block = 32;
  for (let r0 = 0; r0 < rows; r0 += block) {
    const r1 = Math.min(rows, r0 + block);
    for (let c0 = 0; c0 < columns; c0 += block) {
      const c1 = Math.min(columns, c0 + block);
      for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) out[c * rows + r] = values[r * columns + c]!;
    }
  }
  return { rows: columns, columns: rows, values: out };
}
