import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';
import { z } from 'zod';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { kindredJson, ScanJson, startKindred } from '../helpers/run-kindred';
import { temporaryFolder } from '../helpers/temporary-folder';
import { tinyOnnx } from '../helpers/tiny-onnx';

it('reads, drafts, looks closer and learns in a process each where photos are many', async () => {
  const root = temporaryFolder();
  const data = join(root, 'data');
  const photos = join(root, 'photos');
  await writeGeneratedLibrary(photos, { classes: 3, perClass: 670, seed: 12, width: 24, height: 24 });
  const model = join(root, 'tiny.onnx');
  writeFileSync(model, tinyOnnx());
  const add = ['trunk', 'add', model, '--name', 'Mean colour', '--size', '32'];
  const { id } = await kindredJson(z.object({ id: z.string() }), add, data);

  const scan = ['scan', photos, '--library', join(root, 'library'), '--trunk', id];
  const running = startKindred([...scan, '--json'], data);
  const workers = new Set<number>();
  const watch = setInterval(() => running.workerPids().forEach((pid) => workers.add(pid)), 20);
  const { code, stdout } = await running.result;
  clearInterval(watch);
  expect(code).toBe(0);
  expect(workers.size).toBe(4);
  const { stages, verdict, run } = ScanJson.parse(JSON.parse(stdout));
  expect(verdict).not.toBe('too-few-photos');
  expect(stages.find(({ name }) => name === 'embed')?.items).toBe(2010);

  const again = await kindredJson(ScanJson, scan, data);
  expect(again.photos).toMatchObject({ indexed: 0, unchanged: 2010 });
  expect(again.run.id).toBe(run.id + 1);
});
