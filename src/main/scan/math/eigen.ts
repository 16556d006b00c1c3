import { createMatrix, type Matrix } from './matrix';

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations: pairs of axes are turned until nothing is
 * left off the diagonal. 256 × 256 takes about half a second.
 *
 * @param s Symmetric, [N, N].
 * @returns Values in falling order, and the eigenvectors as columns of [N, N] in the same order.
 */
export function symmetricEigen(s: Matrix): { values: Float64Array; vectors: Matrix } {
  const n = s.rows;
  const a = Float64Array.from(s.values);
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < 30 && offDiagonal(a, n) > 1e-14 * scale; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, rows, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  const vectors = createMatrix(n, n);
  order.forEach((from, column) => {
    for (let d = 0; d < n; d++) vectors.values[d * n + column] = rows[from * n + d]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += 2 * a[i * n + j]! ** 2;
  return sum;
}

/** Turns axes p and q so that their entry off the diagonal vanishes; `rows` collects the turns (eigenvectors as rows). */
function rotate(a: Float64Array, rows: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  turnRows(a, n, p, q, c, s);
  for (let k = 0, at = 0; k < n; k++, at += n) {
    const x = a[at + p]!;
    const y = a[at + q]!;
    a[at + p] = c * x - s * y;
    a[at + q] = s * x + c * y;
  }
  turnRows(rows, n, p, q, c, s);
}

function turnRows(a: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0, i = p * n, j = q * n; k < n; k++, i++, j++) {
    const x = a[i]!;
    const y = a[j]!;
    a[i] = c * x - s * y;
    a[j] = s * x + c * y;
  }
}
