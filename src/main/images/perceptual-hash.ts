/**
 * The 64-bit difference hash of a picture: it is shrunk to 9 × 8 grey cells, and each bit says whether a cell is brighter than
 * its right neighbour. Copies in another size or quality differ in a few bits; other pictures in about half of them.
 *
 * @param data RGB, 8 bits a channel, row by row.
 * @returns 8 bytes, row by row, the leftmost comparison in the highest bit.
 */
export function perceptualHash(picture: { width: number; height: number; data: Uint8Array }): Buffer {
  const cells = shrinkToGrey(picture, 9, 8);
  const hash = Buffer.alloc(8);
  for (let row = 0; row < 8; row++) {
    let byte = 0;
    for (let column = 0; column < 8; column++) {
      const left = cells[row * 9 + column] ?? 0;
      const right = cells[row * 9 + column + 1] ?? 0;
      byte = (byte << 1) | (left > right ? 1 : 0);
    }
    hash[row] = byte;
  }
  return hash;
}

/** How many bits two hashes differ in. */
export function hashDistance(a: Uint8Array, b: Uint8Array): number {
  let distance = 0;
  for (let i = 0; i < 8; i++) {
    let bits = (a[i] ?? 0) ^ (b[i] ?? 0);
    for (; bits > 0; bits &= bits - 1) distance++;
  }
  return distance;
}

/** Means over equal cells (a cell is at least one pixel, so small pictures repeat theirs). Whole luma units: ties are ties. */
function shrinkToGrey(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
  columns: number,
  rows: number,
): Float64Array {
  const cells = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row * height) / rows);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / rows));
    for (let column = 0; column < columns; column++) {
      const left = Math.floor((column * width) / columns);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / columns));
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let i = (y * width + left) * 3, end = (y * width + right) * 3; i < end; i += 3) {
          sum += 299 * (data[i] as number) + 587 * (data[i + 1] as number) + 114 * (data[i + 2] as number);
        }
      }
      cells[row * columns + column] = Math.round(sum / (1000 * (bottom - top) * (right - left)));
    }
  }
  return cells;
}
