import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';
import { z } from 'zod';

import { GroupEdits } from '@main/groups/edit-groups';
import { openTrunkFolder } from '@main/trunks/trunk-folder';
import { listTrunks } from '@main/trunks/trunk-library';
import { bundledTrunksDir } from '@main/paths';
import { openStore } from '@main/store/store';
import type { GroupId, PhotoId } from '@shared/model/ids';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { runKindred } from '../helpers/run-kindred';
import { temporaryFolder } from '../helpers/temporary-folder';
import { tinyOnnx } from '../helpers/tiny-onnx';

const Added = z.object({ id: z.string(), width: z.int() });

function writeModel(folder: string, options?: Parameters<typeof tinyOnnx>[0]): string {
  const file = join(folder, 'tiny.onnx');
  writeFileSync(file, tinyOnnx(options));
  return file;
}

it('takes a network of one’s own; a library that changes to it keeps names and corrections', async () => {
  const root = temporaryFolder();
  const data = join(root, 'data');
  const photos = join(root, 'photos');
  await writeGeneratedLibrary(photos, { classes: 3, perClass: 24, seed: 3 });
  const libraryDir = join(root, 'library');
  const scan = await runKindred(['scan', photos, '--library', libraryDir, '--json'], data);
  expect(scan).toMatchObject({ code: 0, stdout: expect.stringMatching(/"trunk":"efficientnet-lite2(-int8)?"/) });

  let store = openStore(join(libraryDir, 'library.sqlite'));
  const [first] = store.memberships.list(0).groups;
  const edits = new GroupEdits(store);
  edits.rename(first!.id, 'Mine');
  const other = store.db
    .prepare<[string], { photo_id: number }>('SELECT photo_id FROM memberships WHERE group_id IS NOT ? LIMIT 1')
    .get(first!.id)!.photo_id as PhotoId;
  edits.move([other], first!.id);
  store.close();

  const model = writeModel(root);
  const add = ['trunk', 'add', model, '--name', 'Mean colour', '--size', '32', '--json'];
  const added = await runKindred(add, data);
  expect(added).toMatchObject({ code: 0 });
  const { id, width } = Added.parse(JSON.parse(added.stdout));
  expect(id).toMatch(/^mean-colour-[0-9a-f]{8}$/);
  expect(width).toBe(3);
  expect((await runKindred(add, data)).stderr).toContain('there already');
  expect((await runKindred(['trunk', 'list', '--json'], data)).stdout).toContain(id);
  expect((await runKindred(['trunk', 'choose', id, '--library', libraryDir], data)).code).toBe(0);
  const again = await runKindred(['scan', photos, '--library', libraryDir, '--json'], data);
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toContain(`"trunk":"${id}"`);

  store = openStore(join(libraryDir, 'library.sqlite'));
  const named = store.memberships.list(0).groups.find((group) => group.name === 'Mine');
  expect(named?.id).toBe(first!.id);
  const place = store.db
    .prepare<[number], { group_id: GroupId }>('SELECT group_id FROM memberships WHERE photo_id = ?')
    .get(other);
  expect(place?.group_id).toBe(first!.id);
  store.close();

  expect((await runKindred(['trunk', 'remove', id], data)).code).toBe(0);
  const without = await runKindred(['scan', photos, '--library', libraryDir], data);
  expect(without.code).toBe(0); // Nothing is new, so nothing has to be looked at.
  expect((await runKindred(['scan', photos, '--library', libraryDir, '--views', '7'], data)).stderr).toContain(id);
});

it('says why a file is no such network, and leaves nothing behind', async () => {
  const data = temporaryFolder();
  const add = (file: string) => runKindred(['trunk', 'add', file, '--name', 'x', '--size', '32'], data);
  const garbage = join(temporaryFolder(), 'x.onnx');
  writeFileSync(garbage, 'no model');
  expect(await add(garbage)).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be used') });
  const unflat = await add(writeModel(temporaryFolder(), { flat: false }));
  expect(unflat).toMatchObject({ code: 1, stderr: expect.stringContaining('[2, 3, 1, 1]') });
  expect((await add('/nowhere/x.onnx')).stderr).toContain('no file');
  expect(readdirSync(join(data, 'trunks'))).toEqual([]);
  expect((await runKindred(['trunk', 'remove', 'efficientnet-lite0'], data)).stderr).toContain('comes with');
});

it('comes with two networks, in two forms each, that tell pictures apart', async () => {
  const bundled = listTrunks().filter(({ isBundled }) => isBundled);
  expect(bundled.map(({ id }) => id)).toEqual([
    'efficientnet-lite0',
    'efficientnet-lite0-int8',
    'efficientnet-lite2',
    'efficientnet-lite2-int8',
  ]);
  for (const { id, size, width } of bundled) {
    const trunk = await openTrunkFolder(join(bundledTrunksDir(), id), { numThreads: 1 });
    const half = 3 * size * size;
    const pixels = Float32Array.from({ length: 2 * half }, (_, at) => (at < half ? 0 : ((at >> 3) % 2) * 2 - 1));
    const features = await trunk.embed(pixels);
    await trunk.dispose();
    expect(features).toHaveLength(2 * width);
    expect(features.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    expect([...features.subarray(0, width)]).not.toEqual([...features.subarray(width)]);
  }
});

it('looks at small pictures with the smaller network, says so, and keeps to it', async () => {
  const root = temporaryFolder();
  const photos = join(root, 'photos');
  const library = join(root, 'library');
  const scan = () => runKindred(['scan', photos, '--library', library, '--json'], join(root, 'data'));
  await writeGeneratedLibrary(photos, { classes: 2, perClass: 12, seed: 5, width: 48, height: 32 });
  expect(await scan()).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/"trunk":"efficientnet-lite0(-int8)?"/),
  });
  const store = openStore(join(library, 'library.sqlite'));
  expect(store.runs.report(store.runs.latest()!).stages.find(({ name }) => name === 'embed')?.note).toContain(
    'the smaller network looks at them',
  );
  store.close();
  await writeGeneratedLibrary(photos, { classes: 2, perClass: 40, seed: 6 });
  expect(await scan()).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/"trunk":"efficientnet-lite0(-int8)?"/),
  });
});
