import { copyFileSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';

import { generatedJpeg } from '../../../helpers/generated-pictures';
import { ScannedFolder } from '../../../helpers/scanned-folder';
import { staleMemberships } from '../../../helpers/small-store';

// Each scan opens a network; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const NUM = 6;
const nameOf = (index: number): string => `IMG_${String(index).padStart(4, '0')}.jpg`;

let library: ScannedFolder;
let edits: GroupEdits;
/** Ids in the order of the first names. */
let ids: number[];
const at = (name: string): string => join(library.photos, name);
const placeOf = (path: string) => library.store.memberships.of(library.idAt(path));

beforeEach(async () => {
  library = new ScannedFolder();
  for (let index = 0; index < NUM; index++)
    writeFileSync(at(nameOf(index)), await generatedJpeg(index % 2 ? 'rings' : 'stripes', { index, seed: 3 }));
  await library.scan();
  edits = new GroupEdits(library.store);
  ids = Array.from({ length: NUM }, (_, index) => library.idAt(nameOf(index)));
}, 60_000);

describe('a photo is its content', () => {
  it('keeps every correction with its photo when all files are renumbered by one', async () => {
    const groupIds = ids.map((id, index) => edits.create(`Group ${index}`, [id]).groupId);
    for (let index = NUM - 1; index >= 0; index--) renameSync(at(nameOf(index)), at(nameOf(index + 1)));
    await library.scan();
    expect(ids.map((_, index) => library.idAt(nameOf(index + 1)))).toEqual(ids);
    expect(ids.map((id) => library.store.memberships.of(id))).toEqual(
      groupIds.map((groupId) => expect.objectContaining({ group_id: groupId, is_placed: 1 })),
    );
    expect(library.present().map(([path]) => path)).toEqual(ids.map((_, index) => nameOf(index + 1)));
    expect(staleMemberships(library.store)).toEqual([]);
  });

  it('follows two photos that swapped their names, also when the scan between was cut off', async () => {
    renameSync(at(nameOf(0)), at('between'));
    renameSync(at(nameOf(1)), at(nameOf(0)));
    renameSync(at('between'), at(nameOf(1)));
    await library.scan({ isRead: false });
    await library.scan();
    expect([library.idAt(nameOf(1)), library.idAt(nameOf(0))]).toEqual([ids[0], ids[1]]);
  });

  it('takes another picture under a known name for a new photo and shows the former group as doubtful', async () => {
    const { groupId } = edits.create('Grandmother', [ids[0]!, ids[2]!]);
    writeFileSync(at(nameOf(0)), await generatedJpeg('waves', { index: 40, seed: 3 }));
    const findings = await library.scan();
    expect(library.idAt(nameOf(0))).not.toBe(ids[0]);
    expect(placeOf(nameOf(0))).toMatchObject({ group_id: groupId, is_placed: 0, confidence: 0.25 });
    expect(library.store.identity.isDoubtful(library.idAt(nameOf(0)))).toBe(true);
    expect(findings).toContain('One file holds another picture than before: it counts as a new photo.');
    expect(staleMemberships(library.store)).toEqual([]);
    edits.confirm([library.idAt(nameOf(0))]);
    expect(placeOf(nameOf(0))).toMatchObject({ group_id: groupId, is_placed: 1, confidence: 1 });
  });

  it('knows the photo again when its old content comes back', async () => {
    const { groupId } = edits.create('Grandmother', [ids[0]!]);
    copyFileSync(at(nameOf(0)), join(library.root, 'kept.jpg'));
    writeFileSync(at(nameOf(0)), await generatedJpeg('waves', { index: 40, seed: 3 }));
    await library.scan();
    copyFileSync(join(library.root, 'kept.jpg'), at('restored.jpg'));
    await library.scan();
    expect(library.idAt('restored.jpg')).toBe(ids[0]);
    expect(placeOf('restored.jpg')).toMatchObject({ group_id: groupId, is_placed: 1 });
  });

  it('goes on with a photo whose file was only touched, or whose metadata alone changed', async () => {
    edits.create('Both', [ids[0]!, ids[1]!]);
    utimesSync(at(nameOf(0)), 1, 1);
    writeFileSync(at(nameOf(1)), withComment(readFileSync(at(nameOf(1)))));
    await library.scan();
    expect([library.idAt(nameOf(0)), library.idAt(nameOf(1))]).toEqual([ids[0], ids[1]]);
    expect(placeOf(nameOf(1))).toMatchObject({ is_placed: 1, confidence: 1 });
    expect(library.store.photos.inFolder(library.folderId)).toHaveLength(NUM);
  });

  it('finds the copy that stood at the place, when both copies were touched', async () => {
    copyFileSync(at(nameOf(0)), at('copy.jpg'));
    await library.scan();
    const copyId = library.idAt('copy.jpg');
    for (const name of ['copy.jpg', nameOf(0)]) utimesSync(at(name), 1, 1);
    await library.scan();
    expect([library.idAt('copy.jpg'), library.idAt(nameOf(0))]).toEqual([copyId, ids[0]]);
  });

  it('keeps the photo when a RAW follows it to another name', async () => {
    writeFileSync(at(nameOf(0).replace('.jpg', '.dng')), 'raw');
    await library.scan();
    renameSync(at(nameOf(0)), at('new.jpg'));
    renameSync(at(nameOf(0).replace('.jpg', '.dng')), at('new.dng'));
    await library.scan();
    expect(library.idAt('new.jpg')).toBe(ids[0]);
    expect(library.store.photos.at(library.folderId, 'new.dng')).toMatchObject({ primary_photo_id: ids[0] });
  });

  it('leaves the photo missing when its file is gone and others stay', async () => {
    rmSync(at(nameOf(3)));
    await library.scan();
    expect(library.store.photos.get(ids[3]!)).toMatchObject({ is_missing: 1, path: nameOf(3) });
  });
});

/** The same JPEG with a comment in it. */
function withComment(file: Buffer): Buffer {
  const comment = Buffer.from('rated by another program');
  const length = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([file.subarray(0, 2), length, comment, file.subarray(2)]);
}
