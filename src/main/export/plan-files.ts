/**
 * @file [Note: Names in an export] Photos of one folder are taken in the order of their original paths. Each tries `name.jpg`, `name (2).jpg`, …
 * and takes the first number at which it and everything that travels with it is free: not given away by this plan, and not on the disk, or
 * there with the very same content. So a second export finds every file where the first put it, whatever was added since. A number that
 * would be taken only because of another's file is a conflict, and the person's policy decides.
 */
import { lstat, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { throwIfAborted } from '@shared/ipc/errors';
import type { ExportOptions } from '@shared/model/export';

import { type ExportFileRow, writtenBefore } from '../store/exports';
import type { Db } from '../store/open-database';
import { createCompanionFinder } from './companions';
import { hashFile, hashText } from '../hash-file';
import { fsPath, shownPath } from '../path-bytes';
import type { ExportItem } from './export-item';
import { nameKey, numberedName, safeFileName, safeFolderName, splitName } from './safe-names';
import { keywordSidecar, MANIFEST_NAME, manifestContent } from './written-content';

/** A photo whose name is taken at the destination by another file. */
export interface Conflict {
  path: string;
  target: string;
}

/** A file of a set that gets one number: the photo itself first. */
type Member = Pick<ExportFileRow, 'kind' | 'source' | 'path' | 'sizeBytes' | 'contentHash' | 'content'> & {
  /** What follows the photo's stem. */
  ending: string;
  /** A name of its own, as long as the photo has its own; see ./companions.ts. */
  ownName?: string | null;
};

interface Plan {
  options: ExportOptions;
  destination: string;
  taken: Set<string>;
  before: ReadonlyMap<string, ExportFileRow>;
  files: ExportFileRow[];
  conflicts: Conflict[];
  signal: AbortSignal | undefined;
}

/** Gives every file its target and says which are there already. */
export async function planFiles(
  db: Db,
  items: readonly ExportItem[],
  options: ExportOptions,
  destination: string,
  signal: AbortSignal | undefined,
): Promise<{ files: ExportFileRow[]; conflicts: Conflict[] }> {
  const before = writtenBefore(db, destination);
  const plan: Plan = { options, destination, taken: new Set(), before, files: [], conflicts: [], signal };
  const sources = new Set(items.map(({ source }) => source));
  const findCompanions = createCompanionFinder((source) => sources.has(source));
  const ordered = items
    .map((item) => ({ item, parts: folderParts(item, options) }))
    .sort(
      (a, b) =>
        compare(a.parts.join('/'), b.parts.join('/')) ||
        compare(a.item.path, b.item.path) ||
        a.item.photoId - b.item.photoId,
    );
  for (const { item, parts } of ordered) {
    throwIfAborted(signal);
    const name = safeFileName(basename(shownPath(item.path)));
    const { stem, extension } = splitName(name);
    const members: Member[] = [{ ...item, kind: 'photo', content: null, ending: extension }];
    if (options.companions) {
      const folder = item.path.slice(0, item.path.length - basename(item.path).length);
      for (const companion of await findCompanions(item.source)) {
        const path = folder + basename(companion.source);
        const ending = freeEnding(members, safeFileName(`x${companion.ending}`).slice(1));
        const ownName = name === basename(item.path) && companion.ownName ? safeFileName(companion.ownName) : null;
        members.push({ ...companion, ending, ownName, kind: 'sidecar', path, contentHash: null, content: null });
      }
    }
    const sidecarEnding = `${extension}.xmp`;
    if (options.keywords && !members.some(({ ending }) => nameKey(ending) === nameKey(sidecarEnding))) {
      members.push(written('xmp', sidecarEnding, `${item.path}.xmp`, keywordSidecar(parts)));
    }
    await placeSet(plan, item.photoId, parts.join('/') + '/', stem, members);
  }
  if (options.manifest && plan.files.length > 0) {
    const { stem, extension } = splitName(MANIFEST_NAME);
    await placeSet(plan, null, '', stem, [written('manifest', extension, MANIFEST_NAME, manifestContent(plan.files))]);
  }
  return { files: plan.files, conflicts: plan.conflicts };
}

/** Two companions of one photo may come out alike (`x.xmp` and `X.XMP`): the second gets a number before its ending. */
function freeEnding(members: readonly Member[], ending: string): string {
  const isTaken = (wanted: string): boolean => members.some((member) => nameKey(member.ending) === nameKey(wanted));
  let free = ending;
  for (let number = 2; isTaken(free); number++) free = `_${number}${ending}`;
  return free;
}

function folderParts(item: ExportItem, options: ExportOptions): string[] {
  const parts = item.folder.split('/').map(safeFolderName);
  return options.byYear ? [...parts, /^\d{4}/.exec(item.takenAt ?? '')?.[0] ?? 'Undated'] : parts;
}

function written(kind: 'xmp' | 'manifest', ending: string, path: string, content: string): Member {
  return {
    kind,
    ending,
    path,
    content,
    source: '',
    sizeBytes: Buffer.byteLength(content),
    contentHash: hashText(content),
  };
}

type Standing = 'free' | 'same' | 'taken';

async function placeSet(
  plan: Plan,
  photoId: number | null,
  folder: string,
  stem: string,
  members: readonly Member[],
): Promise<void> {
  let firstTaken: string[] | null = null;
  for (let number = 1; ; number++) {
    const targets = members.map(
      ({ ending, ownName }) => folder + ((number === 1 && ownName) || numberedName(stem + ending, number, stem.length)),
    );
    if (targets.some((target) => plan.taken.has(nameKey(target)))) continue;
    const standings = await Promise.all(members.map((member, index) => look(plan, member, targets[index] as string)));
    if (standings.includes('taken')) {
      firstTaken ??= targets;
      continue;
    }
    // Under a number it got before there is nothing to decide.
    if (firstTaken && !standings.every((standing) => standing === 'same')) {
      plan.conflicts.push({ path: members[0]!.path, target: firstTaken[0]! });
      if (plan.options.conflicts !== 'rename') return addSet(plan, photoId, members, firstTaken, null);
    }
    return addSet(plan, photoId, members, targets, standings);
  }
}

/** @param standings What stands at the targets; null where the set is left out for what stands there. */
function addSet(
  plan: Plan,
  photoId: number | null,
  members: readonly Member[],
  targets: readonly string[],
  standings: readonly Standing[] | null,
): void {
  members.forEach((member, index) => {
    const target = targets[index] as string;
    plan.taken.add(nameKey(target));
    plan.files.push({
      ...pickFields(member),
      photoId,
      fileIndex: plan.files.length,
      target,
      sha256: null,
      targetMtimeMs: null,
      state: standings === null ? 'skipped' : standings[index] === 'same' ? 'unchanged' : 'planned',
      reason: standings === null ? 'Another file with this name is already there.' : null,
    });
  });
}

function pickFields({
  kind,
  source,
  path,
  sizeBytes,
  contentHash,
  content,
}: Member): Omit<Member, 'ending' | 'ownName'> {
  return { kind, source, path, sizeBytes, contentHash, content };
}

/** What stands at a target now. */
async function look(plan: Plan, member: Member, target: string): Promise<Standing> {
  const path = join(plan.destination, target);
  const there = await lstat(path).catch(() => null);
  if (!there) return 'free';
  return (await isSameContent(plan, path, there, member, plan.before.get(target))) ? 'same' : 'taken';
}

/** Compares by content, unless an earlier export wrote this very content here and nobody touched the file since. */
async function isSameContent(
  { options, signal }: Plan,
  path: string,
  there: Awaited<ReturnType<typeof lstat>>,
  member: Member,
  before: ExportFileRow | undefined,
): Promise<boolean> {
  if (member.content === null && (options.mode === 'symlink' || there.isSymbolicLink())) {
    if (options.mode !== 'symlink' || !there.isSymbolicLink()) return false;
    const [a, b] = await Promise.all([stat(path).catch(() => null), stat(fsPath(member.source)).catch(() => null)]);
    return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
  }
  if (!there.isFile() || there.size !== member.sizeBytes) return false;
  if (member.content === null && options.mode === 'hardlink') {
    const source = await stat(fsPath(member.source)).catch(() => null);
    if (source && source.dev === there.dev && source.ino === there.ino) return true;
  }
  if (member.contentHash !== null && before?.sha256 === member.contentHash && before.targetMtimeMs === there.mtimeMs)
    return true;
  const expected = member.contentHash ?? (await hashFile(member.source, signal).catch(() => null));
  return (await hashFile(path, signal)) === expected;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
