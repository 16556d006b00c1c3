/**
 * Finds the assignment of rows to columns with the smallest total cost (the Hungarian method with potentials, O(rows² · columns)).
 *
 * Rows are added one by one; each is placed along the cheapest augmenting path, found as Dijkstra's algorithm finds it on the reduced
 * costs `cost[i][j] − u[i] − v[j]` (Jonker & Volgenant, *A shortest augmenting path algorithm for dense and sparse linear assignment
 * problems*, Computing 38, 1987).
 *
 * @param cost Costs, row-major. Shape: [rows, columns]; rows may exceed columns.
 * @returns For each row its column, or −1 where there are more rows than columns and the row is left out.
 */
export function assignMinCost(cost: ArrayLike<number>, rows: number, columns: number): Int32Array {
  if (cost.length !== rows * columns) throw new RangeError(`cost has ${cost.length} values, not ${rows} × ${columns}`);
  if (rows <= columns) return assignRows((row, column) => cost[row * columns + column]!, rows, columns);
  const rowByColumn = assignRows((row, column) => cost[column * columns + row]!, columns, rows);
  const columnByRow = new Int32Array(rows).fill(-1);
  rowByColumn.forEach((row, column) => (columnByRow[row] = column));
  return columnByRow;
}

/** As {@link assignMinCost}, for the largest total. */
export function assignMaxScore(score: ArrayLike<number>, rows: number, columns: number): Int32Array {
  return assignMinCost(
    Float64Array.from(score, (value) => -value),
    rows,
    columns,
  );
}

/** The case rows ≤ columns. Index 0 of the working arrays is the free slot the search starts from. */
function assignRows(cost: (row: number, column: number) => number, rows: number, columns: number): Int32Array {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOfColumn = new Int32Array(columns + 1);
  const previous = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const isVisited = new Uint8Array(columns + 1);
    let column = 0;
    rowOfColumn[0] = row;
    do {
      isVisited[column] = 1;
      const current = rowOfColumn[column]!;
      let delta = Infinity;
      let next = 0;
      for (let j = 1; j <= columns; j++) {
        if (isVisited[j]) continue;
        const reduced = cost(current - 1, j - 1) - rowPotential[current]! - columnPotential[j]!;
        if (reduced < slack[j]!) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (slack[j]! < delta) {
          delta = slack[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (isVisited[j]) {
          rowPotential[rowOfColumn[j]!]! += delta;
          columnPotential[j]! -= delta;
        } else {
          slack[j]! -= delta;
        }
      }
      column = next;
    } while (rowOfColumn[column] !== 0);
    for (; column !== 0; column = previous[column]!) rowOfColumn[column] = rowOfColumn[previous[column]!]!;
  }
  const columnByRow = new Int32Array(rows);
  for (let j = 1; j <= columns; j++) if (rowOfColumn[j]) columnByRow[rowOfColumn[j]! - 1] = j - 1;
  return columnByRow;
}
