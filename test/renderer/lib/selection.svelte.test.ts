import { describe, expect, it } from 'vitest';

import type { PhotoId } from '@shared/model/ids';

import { PhotoSelection } from '@renderer/lib/state/selection.svelte';

const id = (index: number): PhotoId => (index + 100) as PhotoId;
const between = (start: number, end: number): Promise<PhotoId[]> =>
  Promise.resolve(Array.from({ length: end - start }, (_, offset) => id(start + offset)));
const indices = (selection: PhotoSelection): number[] =>
  [...selection.ids].map((one) => one - 100).sort((a, b) => a - b);

describe('the selection', () => {
  it('takes one photo with a click', () => {
    const selection = new PhotoSelection(between);
    selection.select(3, id(3));
    selection.select(5, id(5));
    expect(indices(selection)).toEqual([5]);
    expect(selection.focusIndex).toBe(5);
  });

  it('waits for a photo that is not here yet, unless another is chosen in the meantime', async () => {
    const selection = new PhotoSelection(between);
    selection.select(3, id(3));
    const going = selection.selectAt(900);
    expect(selection.focusIndex).toBe(900);
    await going;
    expect(indices(selection)).toEqual([900]);
    const late = selection.selectAt(0);
    selection.select(5, id(5));
    await late;
    expect(indices(selection)).toEqual([5]);
  });

  it('adds and takes away with Ctrl', () => {
    const selection = new PhotoSelection(between);
    selection.select(1, id(1));
    selection.toggle(4, id(4));
    expect(indices(selection)).toEqual([1, 4]);
    selection.toggle(1, id(1));
    expect(indices(selection)).toEqual([4]);
  });

  it('extends from the anchor, each range in place of the one before', async () => {
    const selection = new PhotoSelection(between);
    selection.select(4, id(4));
    await selection.extendTo(7);
    expect(indices(selection)).toEqual([4, 5, 6, 7]);
    await selection.extendTo(2);
    expect(indices(selection)).toEqual([2, 3, 4]);
  });

  it('keeps what Ctrl chose when a range is added', async () => {
    const selection = new PhotoSelection(between);
    selection.select(0, id(0));
    selection.toggle(5, id(5));
    await selection.extendTo(6);
    expect(indices(selection)).toEqual([0, 5, 6]);
  });

  it('lets only the newest of two slow ranges count', async () => {
    const waiting: (() => void)[] = [];
    const selection = new PhotoSelection(
      (start, end) => new Promise((resolve) => waiting.push(() => void between(start, end).then(resolve))),
    );
    selection.select(0, id(0));
    const first = selection.extendTo(9);
    const second = selection.extendTo(2);
    waiting[1]!();
    waiting[0]!();
    await Promise.all([first, second]);
    expect(indices(selection)).toEqual([0, 1, 2]);
  });

  it('adds a rubber band to what was there only when asked to', () => {
    const selection = new PhotoSelection(between);
    selection.select(0, id(0));
    selection.beginBand(true);
    selection.band([id(4), id(5)]);
    selection.band([id(4)]);
    expect(indices(selection)).toEqual([0, 4]);
    selection.beginBand(false);
    selection.band([id(8)]);
    expect(indices(selection)).toEqual([8]);
  });

  it('fetches what a rubber band touched before it was let go', async () => {
    const selection = new PhotoSelection(between);
    selection.select(0, id(0));
    selection.beginBand(true);
    selection.band([id(7)]);
    await selection.endBand([7, 8, 12, 13]);
    expect(indices(selection)).toEqual([0, 7, 8, 12, 13]);
    const late = selection.endBand([20, 21]);
    selection.clear();
    await late;
    expect(indices(selection)).toEqual([]);
  });

  it('forgets photos that left', () => {
    const selection = new PhotoSelection(between);
    selection.beginBand(false);
    selection.band([id(1), id(2)]);
    selection.drop([id(1)]);
    expect(indices(selection)).toEqual([2]);
  });
});
