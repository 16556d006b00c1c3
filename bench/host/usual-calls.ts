import { join } from 'node:path';

import type { AppContract } from '@shared/ipc/contract';
import type { ProcedureName } from '@shared/ipc/define';
import { ExportOptions } from '@shared/model/export';
import type { GroupId, PhotoId } from '@shared/model/ids';

import type { Host } from './host';

/** One thing to measure. */
export interface Call {
  name: string;
  call: ProcedureName<AppContract>;
  /** Its input, fresh for every time. */
  prepare?: () => unknown;
  /** Puts things as they were; not measured. */
  after?: () => Promise<unknown>;
}

/** What a person does in a large library, each several times over. */
export async function usualCalls(host: Host, root: string): Promise<Call[]> {
  const { groups } = await host.call('group.list', {});
  const bySize = groups.toSorted((a, b) => b.numPhotos - a.numPhotos);
  const [largest, second] = bySize.map(({ id }) => id) as [GroupId, GroupId];
  const all = await host.call('run.list', {});
  const [newest, earlier] = all.map(({ id }) => id);
  const idsIn = async (groupId: GroupId, count: number): Promise<PhotoId[]> => {
    const ids: PhotoId[] = [];
    while (ids.length < count) {
      const page = { place: { kind: 'group', groupId } as const, offset: ids.length, limit: 2000 };
      const { photos } = await host.call('group.photos', page);
      if (photos.length === 0) break;
      ids.push(...photos.map(({ id }) => id));
    }
    return ids.slice(0, count);
  };
  const numPhotos = (await host.call('library.status', {}))!.photos.total;
  const anywhere = (count: number): number[] =>
    Array.from({ length: count }, (_, index) => 1 + Math.floor((index * numPhotos) / count));
  const many = await idsIn(largest, 5000);
  const undo = (): Promise<unknown> => host.call('history.undo', {});
  const read = (call: Call['call'], name: string = call, input: unknown = {}): Call => ({
    name,
    call,
    prepare: () => input,
  });
  const edit = (call: Call['call'], name: string, input: unknown): Call => ({
    name,
    call,
    prepare: () => input,
    after: undo,
  });
  const undoOf = ({ call, prepare, name }: Call): Call[] => [
    {
      name: `history.undo of ${name}`,
      call: 'history.undo',
      prepare: async () => void (await host.call(call, prepare?.() as never)),
    },
    {
      name: `history.redo of ${name}`,
      call: 'history.redo',
      prepare: async () => {
        await host.call(call, prepare?.() as never);
        await undo();
      },
      after: undo,
    },
  ];
  const place = (kind: 'unsorted' | 'unsure' | 'all', offset = 0): unknown => ({ place: { kind }, offset, limit: 200 });
  const inLargest = (offset: number, limit: number): unknown => ({
    ...{ place: { kind: 'group', groupId: largest }, offset, limit },
  });
  const move = edit('photo.move', 'photo.move of 5,000', { photoIds: anywhere(5000), groupId: largest });
  const merge = edit('group.merge', 'group.merge of the largest two', { sourceId: second, targetId: largest });
  const half = many.length >> 1;
  const parts = [many.slice(0, half), many.slice(half)].map((photoIds) => ({ name: null, photoIds }));
  const split = edit('group.split', `group.split of ${many.length}`, { groupId: largest, parts });
  const restore = edit('run.restore', 'run.restore of an earlier run', { runId: earlier });
  return [
    read('library.status'),
    read('library.recent'),
    read('group.list'),
    read('group.detail'),
    ...(['unsorted', 'unsure', 'all'] as const).map((kind) =>
      read('group.photos', `group.photos, ${kind}`, place(kind)),
    ),
    read('group.photos', 'group.photos, the last of all', place('all', numPhotos - 200)),
    read('group.photos', 'group.photos, in the largest', inLargest(2000, 200)),
    read('group.photos', 'group.photos, 2,000 at once', inLargest(0, 2000)),
    read('photo.get', 'photo.get', { photoId: 77 }),
    read('photo.neighbors', 'photo.neighbors', { photoId: 77 }),
    read('photo.problems'),
    read('photo.leftOut'),
    read('run.list'),
    read('run.diff', 'run.diff', { runId: newest }),
    read('run.report', 'run.report', { runId: null }),
    read('teach.preview'),
    read('question.list', 'question.list', { limit: 20 }),
    read('export.list'),
    edit('group.rename', 'group.rename', { groupId: largest, name: 'A new name' }),
    edit('group.setPinned', 'group.setPinned', { groupId: largest, isPinned: true }),
    edit('group.setHidden', 'group.setHidden', { groupId: largest, isHidden: true }),
    edit('group.setCover', 'group.setCover', { groupId: largest, photoId: many[20] }),
    edit('group.create', 'group.create from 500', { name: 'New', photoIds: anywhere(500) }),
    edit('photo.move', 'photo.move of 1', { photoIds: [9], groupId: second }),
    move,
    ...undoOf(move),
    edit('photo.move', 'photo.move of 50,000', { photoIds: anywhere(50_000), groupId: largest }),
    edit('photo.remove', 'photo.remove of 5,000', { photoIds: many }),
    edit('photo.confirm', 'photo.confirm of 5,000', { photoIds: many }),
    edit('photo.together', 'photo.together of 500', { photoIds: anywhere(500) }),
    edit('photo.apart', 'photo.apart of 50', { photoIds: anywhere(50) }),
    merge,
    ...undoOf(merge),
    split,
    ...undoOf(split),
    restore,
    ...undoOf(restore),
    edit('run.accept', 'run.accept', {}),
    edit('run.putBack', 'run.putBack', { runId: newest, groupId: largest }),
    read('history.list'),
    read('history.revertible', 'history.revertible', { entryIds: [1, 2, 3] }),
    read('library.setWatching', 'library.setWatching', { isWatching: true }),
    read('pipeline.setGentle', 'pipeline.setGentle', { isGentle: true }),
    read('export.plan', 'export.plan of everything', ExportOptions.parse({ destination: join(root, 'out') })),
    read('library.status', 'library.status at the end'),
  ];
}
