/** @file The whole loop with the network cut: Kindred never tries to reach anything. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { ExportJson, GroupsJson, kindredJson, runKindred, ScanJson } from '../helpers/run-kindred';

const NUM_CLASSES = 3;
const PER_CLASS = 24;
const NUM_PHOTOS = NUM_CLASSES * PER_CLASS;
const guard = `--import=${pathToFileURL(resolve('test/helpers/no-network.mjs')).href}`;

const ImportJson = z.object({ placed: z.int(), groups_named: z.int(), groups_made: z.int(), kept: z.int() });
const ProofJson = z.object({ checked: z.int(), unchanged: z.int(), changed: z.array(z.object({ path: z.string() })) });

let root: string;
let photos: string;
let networkLog: string;
const nodeOptions = process.env['NODE_OPTIONS'];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'kindred-offline-'));
  photos = join(root, 'photos');
  networkLog = join(root, 'network.log');
  process.env['KINDRED_NETWORK_LOG'] = networkLog;
  process.env['NODE_OPTIONS'] = `${nodeOptions ?? ''} ${guard}`.trim();
  await writeGeneratedLibrary(photos, { classes: NUM_CLASSES, perClass: PER_CLASS, seed: 11 });
});
afterAll(() => {
  delete process.env['KINDRED_NETWORK_LOG'];
  if (nodeOptions === undefined) delete process.env['NODE_OPTIONS'];
  else process.env['NODE_OPTIONS'] = nodeOptions;
  rmSync(root, { recursive: true, force: true });
});

/** Lines that the cut wrote since the last call, without those that only say it is there. */
function attempts(): { attempted: string[]; numProcesses: number } {
  const lines = readFileSync(networkLog, 'utf8').split('\n').filter(Boolean);
  writeFileSync(networkLog, '');
  const pids = lines.filter((line) => line.startsWith('guarded')).map((line) => line.split(' ')[1]);
  return { attempted: lines.filter((line) => line.startsWith('attempt')), numProcesses: new Set(pids).size };
}

it.each([
  `fetch('https://kindred.example')`,
  `require('node:http').get('http://kindred.example')`,
  `require('node:net').connect(80, '127.0.0.1')`,
  `require('node:dns').lookup('kindred.example', () => {})`,
  `require('node:dgram').createSocket('udp4').send('x', 53, '127.0.0.1')`,
])('the cut notices %s', (code) => {
  expect(() => execFileSync(process.execPath, ['-e', code], { stdio: 'ignore' })).toThrow();
  expect(attempts().attempted).toHaveLength(1);
});

it('scans, shows, exports, proves and takes names back without trying to connect', async () => {
  const data = join(root, 'data');
  const ask = <T>(schema: z.ZodType<T>, ...args: string[]): Promise<T> => kindredJson(schema, args, data);
  const scanned = await ask(ScanJson, 'scan', photos, '--groups', String(NUM_CLASSES), '--engine', 'wasm');
  expect(scanned.photos).toMatchObject({ indexed: NUM_PHOTOS, failed: 0 });
  const scan = attempts();
  expect(scan.attempted).toEqual([]);
  // The command and its pipeline worker.
  expect(scan.numProcesses).toBeGreaterThanOrEqual(2);

  // The folders of these photos are their names.
  expect(await ask(ImportJson, 'import', photos, '--from', 'folders')).toMatchObject({ kept: 0 });
  const { groups } = await ask(GroupsJson, 'groups');
  const named = groups.filter((group) => group.name !== null);
  expect(named.map(({ name, size }) => [name, size]).sort()).toEqual([
    ['discs', PER_CLASS],
    ['noise', PER_CLASS],
    ['stripes', PER_CLASS],
  ]);

  const destination = join(root, 'out');
  const exported = await ask(ExportJson, 'export', destination, '--named-only', '--manifest', '--keywords');
  expect(exported).toMatchObject({ failed: [], written: exported.planned.files, verified: exported.planned.files });
  expect(await ask(ImportJson, 'import', destination)).toMatchObject({ placed: 0, groups_made: 0, groups_named: 0 });

  expect(await ask(ProofJson, 'proof')).toMatchObject({ checked: NUM_PHOTOS, unchanged: NUM_PHOTOS, changed: [] });
  expect(attempts().attempted).toEqual([]);
});

it('says so when an original is another one, and asks before it meets taken names', async () => {
  const data = join(root, 'data');
  const [first] = readFileSync(join(root, 'out', 'kindred-manifest.json'), 'utf8').match(/discs\/[\w-]+\.jpg/) ?? [];
  const original = join(photos, first!);
  const bytes = readFileSync(original);
  writeFileSync(original, 'something else');
  const proof = await runKindred(['proof', '--json'], data);
  expect(proof.code).toBe(1);
  expect(ProofJson.parse(JSON.parse(proof.stdout))).toMatchObject({
    unchanged: NUM_PHOTOS - 1,
    changed: [{ path: first }],
  });
  writeFileSync(original, bytes);

  writeFileSync(join(root, 'out', first!), 'in the way');
  const again = ['export', join(root, 'out'), '--named-only', '--manifest', '--keywords', '--json'];
  const refused = await runKindred(again, data);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('--conflicts');
  expect((await runKindred([...again, '--conflicts', 'skip'], data)).code).toBe(0);
  expect(readFileSync(join(root, 'out', first!), 'utf8')).toBe('in the way');
});
