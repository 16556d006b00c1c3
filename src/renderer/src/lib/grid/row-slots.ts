/**
 * @file [Note: Slots] The rows near the window are drawn into a fixed number of slots: row `r` is in slot `r mod numSlots`. A scroll makes and
 * destroys nothing: a slot whose row went out of the window shows the one that came in, and the others stay as they are. Rows that a
 * fling only passes by are drawn without their photos, which nobody could see.
 */
import { type GridLayout, type Row, rowOf } from './geometry';

export interface SlotRow extends Row {
  /** It came in while the grid was flung. */
  isPassing: boolean;
}

/**
 * The rows from `first` on, each in its slot; null where the grid has fewer rows than slots. A row that is still right stays the
 * same object, so that nothing is drawn again.
 */
export function fillSlots(
  layout: GridLayout,
  numSlots: number,
  first: number,
  isFlinging: boolean,
  held: readonly (SlotRow | null)[],
): (SlotRow | null)[] {
  return Array.from({ length: numSlots }, (_, slot) => {
    const index = first + ((slot - (first % numSlots) + numSlots) % numSlots);
    if (index >= layout.numRows) return null;
    const row = rowOf(layout, index);
    const before = held[slot];
    if (!before || !isSameRow(before, row)) return { ...row, isPassing: isFlinging };
    return before.isPassing && !isFlinging ? { ...row, isPassing: false } : before;
  });
}

function isSameRow(a: Row, b: Row): boolean {
  return a.index === b.index && a.line === b.line && a.top === b.top && a.start === b.start && a.end === b.end;
}
