import { describe, expect, it } from 'vitest';

import { createClient } from '@shared/ipc/client';
import { contract } from '@shared/ipc/contract';

import { PagedPhotos } from '@renderer/lib/grid/paged-photos.svelte';

import { FakeHost } from '../helpers/fake-host';
import { FakeLibrary, groupId } from '../helpers/fake-library';

async function open(numPhotos: number): Promise<{ host: FakeHost; photos: PagedPhotos }> {
  const host = new FakeHost({ library: new FakeLibrary([{ name: 'All', numPhotos }]) });
  const client = createClient(contract, host.connection);
  const photos = new PagedPhotos(client, { kind: 'group', groupId: groupId(1) });
  photos.ensure(0, 40);
  await settle();
  return { host, photos };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the photos at a place', () => {
  it('come a page at a time', async () => {
    const { host, photos } = await open(1000);
    expect(photos.total).toBe(1000);
    expect(photos.cell(39)).toBeDefined();
    expect(photos.cell(500)).toBeUndefined();
    expect(host.inputs('group.photos')).toHaveLength(1);
    photos.ensure(480, 520);
    await settle();
    expect(photos.cell(500)).toBeDefined();
    expect(host.inputs('group.photos')).toHaveLength(2);
  });

  it('are not asked for twice', async () => {
    const { host, photos } = await open(1000);
    photos.ensure(0, 60);
    photos.ensure(20, 80);
    await settle();
    expect(host.inputs('group.photos')).toHaveLength(1);
  });

  it('stay shown while they are fetched again after an edit', async () => {
    const { host, photos } = await open(300);
    const before = photos.cell(0)!.id;
    host.library.edit('Removed', () => host.library.take([before]));
    const refreshing = photos.refresh();
    expect(photos.cell(0)!.id).toBe(before);
    await refreshing;
    expect(photos.cell(0)!.id).not.toBe(before);
    expect(photos.total).toBe(299);
  });

  it('take an older answer for what it is', async () => {
    const { host, photos } = await open(300);
    host.library.revision = 9;
    await photos.refresh();
    host.library.revision = 3;
    host.library.take([photos.cell(0)!.id]);
    await photos.refresh();
    expect(photos.total).toBe(300);
  });

  it('keep few pages of a hundred thousand', async () => {
    const { photos } = await open(100_000);
    for (let start = 0; start < 20_000; start += 200) {
      photos.ensure(start, start + 60);
      await photos.refresh();
    }
    const held = Array.from({ length: 100 }, (_, page) => photos.cell(page * 200)).filter((cell) => cell !== undefined);
    expect(held.length).toBeLessThanOrEqual(12);
    expect(photos.cell(100)).toBeUndefined();
    expect(photos.cell(19_810)).toBeDefined();
  });

  it('are not asked for where a dragged scroll bar only passed by', async () => {
    const { host, photos } = await open(100_000);
    for (let start = 0; start < 40_000; start += 200) photos.ensure(start, start + 60);
    await settle();
    await settle();
    expect(photos.cell(39_810)).toBeDefined();
    expect(host.inputs('group.photos').length).toBeLessThan(8);
  });

  it('are asked for once where there are none', async () => {
    const { host, photos } = await open(0);
    await settle();
    expect(photos.isLoaded).toBe(true);
    expect(host.inputs('group.photos')).toHaveLength(1);
  });

  it('are not looked for beyond the end of a place that shrank', async () => {
    const { host, photos } = await open(1000);
    photos.ensure(800, 860);
    await settle();
    const { photoIds } = host.library.find(groupId(1));
    host.library.edit('Removed', () => host.library.take(photoIds.slice(10)));
    await photos.refresh();
    await settle();
    expect(photos.total).toBe(10);
    expect(photos.cell(9)).toBeDefined();
    expect(host.inputs('group.photos').length).toBeLessThan(6);
  });

  it('give the ids of any range', async () => {
    const { photos } = await open(5000);
    const ids = await photos.idsBetween(10, 4500);
    expect(new Set(ids).size).toBe(4490);
  });
});
