/**
 * @file Where the cells of a sectioned grid lie: pure arithmetic, so that 100,000 cells cost as much as a hundred. A grid is a
 * list of sections; each is a header line (left out when there is only one section) and rows of square cells. Lines are numbered
 * through the whole grid, headers included, as `aria-rowindex` wants them. Lengths are CSS pixels.
 */

export interface SectionSize {
  key: string;
  count: number;
}

export interface GridOptions {
  width: number;
  /** The cell's wanted side; columns are stretched to fill the width. */
  cellSize: number;
  gap: number;
  padding: number;
  headerHeight: number;
}

export interface SectionLayout {
  key: string;
  /** Index of its first cell in the whole grid. */
  start: number;
  count: number;
  top: number;
  /** Where its first row begins, under the header. */
  rowsTop: number;
  numRows: number;
  /** Number of its first row in the whole grid, headers left out. */
  firstRow: number;
  /** Number of its header's line, or of its first row where there is no header. */
  firstLine: number;
  hasHeader: boolean;
}

export interface GridLayout {
  sections: SectionLayout[];
  columns: number;
  /** Side of a cell after stretching. */
  side: number;
  gap: number;
  padding: number;
  height: number;
  total: number;
  numLines: number;
  numRows: number;
}

/** A row of cells. */
export interface Row {
  /** Counted through all sections; headers are left out. */
  index: number;
  /** Counted through all sections, headers included. */
  line: number;
  top: number;
  start: number;
  /** Exclusive. */
  end: number;
}

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function layOut(sizes: readonly SectionSize[], options: GridOptions): GridLayout {
  const { gap, padding } = options;
  const inner = Math.max(1, options.width - 2 * padding);
  const columns = Math.max(1, Math.floor((inner + gap) / (options.cellSize + gap)));
  const side = Math.floor((inner - gap * (columns - 1)) / columns);
  const shown = sizes.filter(({ count }) => count > 0);
  const hasHeader = shown.length > 1;
  const sections: SectionLayout[] = [];
  let top = padding;
  let start = 0;
  let line = 0;
  let firstRow = 0;
  for (const { key, count } of shown) {
    const numRows = Math.ceil(count / columns);
    const rowsTop = top + (hasHeader ? options.headerHeight : 0);
    sections.push({ key, start, count, top, rowsTop, numRows, firstRow, firstLine: line, hasHeader });
    firstRow += numRows;
    line += numRows + (hasHeader ? 1 : 0);
    start += count;
    top = rowsTop + numRows * (side + gap) - gap + padding;
  }
  return { sections, columns, side, gap, padding, height: top, total: start, numLines: line, numRows: firstRow };
}

/** The first row of the whole grid that reaches below `top`: the row there, or the next one. */
export function rowAt(layout: GridLayout, top: number): number {
  const pitch = layout.side + layout.gap;
  const section = layout.sections.find(({ rowsTop, numRows }) => rowsTop + numRows * pitch > top);
  if (!section) return Math.max(0, layout.numRows - 1);
  return section.firstRow + Math.max(0, Math.floor((top - section.rowsTop) / pitch));
}

/** Where a row of the whole grid lies, and which cells are in it. */
export function rowOf(layout: GridLayout, index: number): Row {
  const section = layout.sections.find(({ firstRow, numRows }) => index < firstRow + numRows)!;
  const row = index - section.firstRow;
  const start = section.start + row * layout.columns;
  return {
    index,
    line: section.firstLine + row + (section.hasHeader ? 1 : 0),
    top: section.rowsTop + row * (layout.side + layout.gap),
    start,
    end: Math.min(start + layout.columns, section.start + section.count),
  };
}

export function sectionOf(layout: GridLayout, index: number): SectionLayout | undefined {
  return layout.sections.find(({ start, count }) => index >= start && index < start + count);
}

export function rectOf(layout: GridLayout, index: number): Rect {
  const section = sectionOf(layout, index);
  if (!section) return { left: 0, top: 0, width: 0, height: 0 };
  const pitch = layout.side + layout.gap;
  const offset = index - section.start;
  return {
    left: layout.padding + (offset % layout.columns) * pitch,
    top: section.rowsTop + Math.floor(offset / layout.columns) * pitch,
    width: layout.side,
    height: layout.side,
  };
}

/** The cell under a point, or null in a gap, a header or the margin. */
export function indexAt(layout: GridLayout, x: number, y: number): number | null {
  const hits = indicesIn(layout, { left: x, top: y, width: 0, height: 0 });
  return hits.length === 1 ? hits[0]! : null;
}

/** The cells that a rubber band touches, in order. */
export function indicesIn(layout: GridLayout, band: Rect): number[] {
  const pitch = layout.side + layout.gap;
  const firstColumn = Math.max(0, Math.ceil((band.left - layout.padding - layout.side) / pitch));
  const lastColumn = Math.min(layout.columns - 1, Math.floor((band.left + band.width - layout.padding) / pitch));
  const hits: number[] = [];
  for (const section of layout.sections) {
    const firstRow = Math.max(0, Math.ceil((band.top - section.rowsTop - layout.side) / pitch));
    const lastRow = Math.min(section.numRows - 1, Math.floor((band.top + band.height - section.rowsTop) / pitch));
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const offset = row * layout.columns + column;
        if (offset < section.count) hits.push(section.start + offset);
      }
    }
  }
  return hits;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'page-up' | 'page-down';

/** Where the focus goes from a cell. Up and down keep the column across sections as far as it exists there. */
export function step(layout: GridLayout, index: number, direction: Step, rowsPerPage: number): number {
  const last = layout.total - 1;
  if (last < 0) return 0;
  switch (direction) {
    case 'left':
      return Math.max(0, index - 1);
    case 'right':
      return Math.min(last, index + 1);
    case 'home':
      return 0;
    case 'end':
      return last;
    case 'up':
      return moveRows(layout, index, -1);
    case 'down':
      return moveRows(layout, index, 1);
    case 'page-up':
      return moveRows(layout, index, -Math.max(1, rowsPerPage));
    case 'page-down':
      return moveRows(layout, index, Math.max(1, rowsPerPage));
  }
}

function moveRows(layout: GridLayout, index: number, numRows: number): number {
  let sectionIndex = layout.sections.findIndex(({ start, count }) => index >= start && index < start + count);
  if (sectionIndex < 0) return index;
  const column = (index - layout.sections[sectionIndex]!.start) % layout.columns;
  let row = Math.floor((index - layout.sections[sectionIndex]!.start) / layout.columns) + numRows;
  while (row < 0 && sectionIndex > 0) row += layout.sections[--sectionIndex]!.numRows;
  while (row >= layout.sections[sectionIndex]!.numRows && sectionIndex < layout.sections.length - 1) {
    row -= layout.sections[sectionIndex++]!.numRows;
  }
  const section = layout.sections[sectionIndex]!;
  const clampedRow = Math.min(Math.max(row, 0), section.numRows - 1);
  return section.start + Math.min(clampedRow * layout.columns + column, section.count - 1);
}

/** The scroll position that shows a cell whole, moving as little as possible. */
export function scrollToShow(layout: GridLayout, index: number, scrollTop: number, viewHeight: number): number {
  const rect = rectOf(layout, index);
  const section = sectionOf(layout, index);
  const isFirstRow = section !== undefined && index - section.start < layout.columns;
  const top = isFirstRow ? section.top - layout.padding : rect.top - layout.gap;
  const bottom = rect.top + rect.height + layout.padding;
  if (top < scrollTop) return Math.max(0, top);
  if (bottom > scrollTop + viewHeight) return bottom - viewHeight;
  return scrollTop;
}
