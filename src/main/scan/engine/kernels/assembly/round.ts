import { loadTail, storeTail, sumOf } from './lanes';

/**
 * Adds the squares of every column up.
 *
 * @param values Shape: [rows, columns].
 * @param squares Receives the sums. Shape: [columns].
 * @returns The largest sum of a row.
 */
export function sumSquares(rows: usize, columns: usize, values: usize, squares: usize): f32 {
  const whole = columns & ~3;
  const rest = columns & 3;
  const tail = whole << 2;
  let largest: f32 = 0;
  memory.fill(squares, 0, columns << 2);
  for (let i: usize = 0; i < rows; i++) {
    const row = values + ((i * columns) << 2);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < tail; at += 16) {
      const value = v128.load(row + at);
      const square = f32x4.mul(value, value);
      v128.store(squares + at, f32x4.add(v128.load(squares + at), square));
      sum = f32x4.add(sum, square);
    }
    if (rest) {
      const value = loadTail(row + tail, rest, 0);
      const square = f32x4.mul(value, value);
      storeTail(squares + tail, rest, f32x4.add(loadTail(squares + tail, rest, 0), square));
      sum = f32x4.add(sum, square);
    }
    largest = max(largest, sumOf(sum));
  }
  return largest;
}

/**
 * Rounds every column to multiples of its step, in place.
 *
 * @param values Shape: [rows, columns].
 * @param rounders 1.5·2²³ steps: a small number added to it has no place for less than a step. Shape: [columns].
 */
export function roundColumns(rows: usize, columns: usize, values: usize, rounders: usize): void {
  const whole = columns & ~3;
  const tail = whole << 2;
  for (let i: usize = 0; i < rows; i++) {
    const row = values + ((i * columns) << 2);
    for (let at: usize = 0; at < tail; at += 16) {
      const rounder = v128.load(rounders + at);
      v128.store(row + at, f32x4.sub(f32x4.add(v128.load(row + at), rounder), rounder));
    }
    for (let c: usize = whole; c < columns; c++) {
      const rounder = load<f32>(rounders + (c << 2));
      store<f32>(row + (c << 2), load<f32>(row + (c << 2)) + rounder - rounder);
    }
  }
}
