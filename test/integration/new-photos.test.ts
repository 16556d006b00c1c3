import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { databaseFile } from '@main/library-paths';
import { openStore } from '@main/store/store';
import { openQuestions } from '@main/teach/questions';
import { teach } from '@main/teach/teach';
import { loadTeachModel } from '@main/teach/teach-model';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { GroupsJson, kindredJson, ScanJson, startKindred } from '../helpers/run-kindred';

const CLASSES = 4;
const PER_CLASS = 24;
const LATE = 8;

let root: string;
let photos: string;
let groupsBefore: Map<string, Place>;

type Place = { groupId: string | null; confidence: number };

const inRoot = (name: string): string => join(root, name);
const scanOf = (library: string, ...more: string[]): Promise<ScanJson> =>
  kindredJson(ScanJson, scanArguments(library, ...more), inRoot('data'));
const scanArguments = (library: string, ...more: string[]): string[] => [
  ...['scan', photos, '--library', inRoot(library), '--groups', String(CLASSES), '--engine', 'wasm', '--seed', '5'],
  ...more,
];

/** Where every photo is, by its path. */
async function placesIn(library: string): Promise<Map<string, Place>> {
  const found = await kindredJson(GroupsJson, ['groups', '--photos', '--library', inRoot(library)], inRoot('data'));
  const lists = [
    ...found.groups.map(({ id, photos: list }) => ({ id, list })),
    { id: null, list: found.unsorted.photos },
  ];
  return new Map(
    lists.flatMap(({ id, list }) => list!.map((p) => [p.path, { groupId: id, confidence: p.confidence }])),
  );
}

/** Puts late photos of every class into the folder, those from `start` to `end`. */
function bring(start: number, end: number): string[] {
  return readdirSync(inRoot('late'))
    .flatMap((className) => readdirSync(inRoot(`late/${className}`)).map((file) => `${className}/${file}`))
    .filter((path) => {
      const index = Number(/(\d+)\.jpg$/.exec(path)![1]) - PER_CLASS;
      return index >= start && index < end;
    })
    .map((path) => {
      cpSync(inRoot(`late/${path}`), join(photos, path));
      return path;
    });
}

const hasLearned = ({ stages }: ScanJson): boolean => stages.some(({ name }) => name === 'cluster');
const classOf = (path: string): string => dirname(path);

/** Photos whose group is one that most photos of their class were in before. */
function numRight(places: ReadonlyMap<string, Place>, paths: readonly string[]): number {
  const home = (className: string): string | null => {
    const counts = new Map<string | null, number>();
    for (const [path, { groupId }] of groupsBefore)
      if (classOf(path) === className) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
  };
  return paths.filter((path) => places.get(path)!.groupId === home(classOf(path))).length;
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'kindred-new-'));
  photos = inRoot('photos');
  const files = await writeGeneratedLibrary(photos, { classes: CLASSES, perClass: PER_CLASS + LATE, seed: 3 });
  for (const { path } of files.filter((file) => Number(/(\d+)\.jpg$/.exec(file.path)![1]) >= PER_CLASS)) {
    mkdirSync(dirname(inRoot(`late/${path}`)), { recursive: true });
    renameSync(join(photos, path), inRoot(`late/${path}`));
  }
  await scanOf('library');
  groupsBefore = await placesIn('library');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** One library that grows: each test goes on where the one before ended. */
describe('a few new photos', () => {
  it('are placed in their groups without learning again, and nothing else moves', async () => {
    cpSync(inRoot('library'), inRoot('before'), { recursive: true });
    const late = bring(0, 3);
    const result = await scanOf('library');
    expect(hasLearned(result)).toBe(false);
    expect(result.photos).toMatchObject({ indexed: late.length, unchanged: CLASSES * PER_CLASS });
    expect(result.findings[0]).toMatch(/^Placed 12 new photos without learning again/);
    const now = await placesIn('library');
    for (const [path, place] of groupsBefore) expect(now.get(path), path).toEqual(place);
    // Of the first photos, five seeds gave 93 to 100 % right.
    expect(numRight(now, late)).toBeGreaterThanOrEqual(9);
    expect(hasLearned(await scanOf('library'))).toBe(false);
    expect(await placesIn('library')).toEqual(now);
  });

  it('are placed just so when the worker is killed while it reads them', async () => {
    const wanted = await placesIn('library');
    const running = startKindred([...scanArguments('before'), '--json'], inRoot('data'));
    await running.says(/Looking closer/);
    for (const pid of running.workerPids()) process.kill(pid, 'SIGKILL');
    const { code, stdout, stderr } = await running.result;
    expect(code, stderr).toBe(0);
    expect(hasLearned(ScanJson.parse(JSON.parse(stdout)))).toBe(false);
    expect(await placesIn('before')).toEqual(wanted);
  });

  it('are not what is left when others are deleted; those come back to where they were', async () => {
    const before = await placesIn('library');
    const gone = [...groupsBefore.keys()].filter((_, index) => index % 10 === 0);
    gone.forEach((path) => {
      mkdirSync(dirname(inRoot(`gone/${path}`)), { recursive: true });
      renameSync(join(photos, path), inRoot(`gone/${path}`));
    });
    expect(hasLearned(await scanOf('library'))).toBe(false);
    const without = await placesIn('library');
    expect(without.size).toBe(before.size - gone.length);
    for (const [path, place] of without) expect(before.get(path)).toEqual(place);
    gone.forEach((path) => renameSync(inRoot(`gone/${path}`), join(photos, path)));
    expect(hasLearned(await scanOf('library'))).toBe(false);
    expect(await placesIn('library')).toEqual(before);
  });

  it('of a kind that nobody has seen go to Unsorted, and are offered as a group', async () => {
    const files = await writeGeneratedLibrary(inRoot('unknown'), { classes: ['rays'], perClass: 6, seed: 8 });
    cpSync(inRoot('unknown'), photos, { recursive: true });
    const result = await scanOf('library');
    expect(hasLearned(result)).toBe(false);
    const places = await placesIn('library');
    expect(files.filter(({ path }) => places.get(path)!.groupId === null).length).toBeGreaterThanOrEqual(5);
    expect(result.findings).toContainEqual(expect.stringMatching(/photos in no group are like each other/));
    const store = openStore(databaseFile(inRoot('library')));
    const model = loadTeachModel(store)!;
    const offered = openQuestions(store, model, teach(store, model)).filter(({ subject }) => subject.kind === 'form');
    const paths = offered[0]!.these.map((unit) => store.photos.get(model.unitIds[unit]!)!.path);
    store.close();
    expect(new Set(paths.map(classOf))).toEqual(new Set(['rays']));
  });

  it('add up: past a fifth, all is learned again', async () => {
    bring(3, LATE);
    const result = await scanOf('library');
    expect(hasLearned(result)).toBe(true);
    expect(result.findings).toContainEqual(expect.stringMatching(/^Kindred learned again: more than a fifth/));
  });

  it('or none: whoever asks for it gets a new learning', async () => {
    expect(hasLearned(await scanOf('library'))).toBe(false);
    expect(hasLearned(await scanOf('library', '--relearn'))).toBe(true);
  });
});
