import type { Dirent } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { throwIfAborted } from '@shared/ipc/errors';
import type { LeftOutFile, LeftOutKind } from '@shared/model/photo';

import { fsPath, nameOfBytes } from '@main/path-bytes';

import { type FileKind, kindOf, SNIFF_BYTES, sniffFormat } from './formats';
import { describeFileError } from './photo-error';

/** A file that is offered as a photo, by its name or, where the name says nothing, by its first bytes. */
export interface FoundFile {
  /** Relative to the root, '/' between parts; see [Note: Names that are no text] in ../path-bytes.ts. */
  path: string;
  sizeBytes: number;
  mtimeMs: number;
  kind: Extract<FileKind, 'photo' | 'raw'>;
}

export interface WalkProblem {
  /** Relative to the root, '/' between parts. */
  path: string;
  reason: string;
}

/** Why files and folders were passed over. A folder that is left out counts once, whatever it holds. */
export type LeftOutReason = 'hidden' | 'system' | 'sidecar' | LeftOutKind;

/** So many names of each kind are kept: a folder of programs in between holds a million other files. */
const MAX_LISTED = 1000;

const systemNames = new Set([
  '@eadir', '@tmp', '#recycle', '#snapshot', '$recycle.bin', 'recycler', 'recycled', 'system volume information',
  'lost+found', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r', '__macosx', 'found.000',
]); // prettier-ignore

/** What lies in the folder of a library: its thumbnails are pictures, but nobody's photos. See ../store/library-paths.ts. */
const ownNames = /^(library\.sqlite.*|thumbnails|previews|safety|worker\.lock.*|kindred\.log.*)$/;

/**
 * Finds every photo below a folder, in the order of their names at each level, the same on every machine.
 *
 * Links are never followed: what one inside the folder points at is either found at its own place or outside the folder, so
 * nothing is read twice, no loop is entered and nothing outside is touched. A folder that cannot be read is a problem and
 * the walk goes on.
 *
 * @throws {AppError} `cancelled`, when the signal aborts.
 * @throws {PhotoError} When the root itself cannot be read.
 */
export function walkFolder(root: string, options: WalkOptions = {}): FolderWalk {
  return new FolderWalk(root, options);
}

export interface WalkOptions {
  signal?: AbortSignal;
  /** Folders that are not entered, relative to the root, '/' between parts. */
  without?: ReadonlySet<string>;
}

/** One walk; `problems` and `leftOut` are complete when the iteration has ended. */
export class FolderWalk implements AsyncIterable<FoundFile> {
  readonly problems: WalkProblem[] = [];
  readonly leftOut: Record<LeftOutReason, number> = {
    hidden: 0,
    system: 0,
    link: 0,
    special: 0,
    video: 0,
    sidecar: 0,
    other: 0,
  };

  /** Names of what a person might miss among the photos; the first {@link MAX_LISTED} of each kind. */
  readonly leftOutFiles: LeftOutFile[] = [];

  constructor(
    private readonly root: string,
    private readonly options: WalkOptions,
  ) {}

  get numLeftOut(): number {
    return Object.values(this.leftOut).reduce((sum, count) => sum + count, 0);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<FoundFile> {
    const root = await realpath(this.root).catch((error: unknown) => {
      throw describeFileError(error);
    });
    yield* this.#walk(root, '', true);
  }

  async *#walk(folder: string, prefix: string, isRoot: boolean): AsyncGenerator<FoundFile> {
    throwIfAborted(this.options.signal);
    let entries: Dirent<Buffer>[];
    try {
      entries = await readdir(fsPath(folder), { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      if (isRoot) throw describeFileError(error);
      this.problems.push({ path: prefix, reason: describeFolderError(error) });
      return;
    }
    entries.sort((a, b) => Buffer.compare(a.name, b.name));
    const isLibrary = entries.some((entry) => entry.name.toString('latin1') === 'library.sqlite');
    for (const entry of entries) {
      throwIfAborted(this.options.signal);
      const name = nameOfBytes(entry.name);
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if (isLibrary && ownNames.test(name)) continue;
      if (this.#isLeftOut(entry, name, path)) continue;
      if (entry.isDirectory()) {
        if (this.options.without?.has(path)) continue;
        yield* this.#walk(join(folder, name), path, false);
      } else {
        const found = await this.#look(join(folder, name), name, path);
        if (found) yield found;
      }
    }
  }

  #isLeftOut(entry: Dirent<Buffer>, name: string, path: string): boolean {
    if (name.startsWith('.')) this.leftOut.hidden++;
    else if (systemNames.has(name.toLowerCase())) this.leftOut.system++;
    else if (entry.isSymbolicLink()) this.#leaveOut('link', path);
    else if (entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice())
      this.#leaveOut('special', path);
    else return false;
    return true;
  }

  async #look(absolutePath: string, name: string, path: string): Promise<FoundFile | null> {
    let kind = kindOf(name);
    try {
      const stats = await lstat(fsPath(absolutePath));
      if (!stats.isFile()) {
        // Where the folder listing carries no type (some network drives), it shows only here.
        this.#leaveOut(stats.isSymbolicLink() ? 'link' : 'special', path);
        return null;
      }
      if (kind === 'unknown' && stats.size > 0 && (await looksLikePicture(absolutePath))) kind = 'photo';
      if (kind === 'photo' || kind === 'raw') return { path, sizeBytes: stats.size, mtimeMs: stats.mtimeMs, kind };
      if (kind === 'sidecar') this.leftOut.sidecar++;
      else this.#leaveOut(kind === 'video' ? 'video' : 'other', path);
    } catch (error) {
      if (kind === 'photo' || kind === 'raw') this.problems.push({ path, reason: describeFileError(error).message });
      else this.#leaveOut('other', path);
    }
    return null;
  }

  #leaveOut(kind: LeftOutKind, path: string): void {
    this.leftOut[kind]++;
    if (this.leftOut[kind] <= MAX_LISTED) this.leftOutFiles.push({ path, kind });
  }
}

async function looksLikePicture(absolutePath: string): Promise<boolean> {
  const file = await open(fsPath(absolutePath), 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const format = sniffFormat(buffer.subarray(0, bytesRead));
    // Two letters are too little to call a file without an extension a picture.
    return format !== null && format !== 'bmp';
  } finally {
    await file.close();
  }
}

function describeFolderError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EACCES' || code === 'EPERM') return 'You do not have permission to open this folder.';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'The folder was gone when it was to be read.';
  return `The folder could not be read${code ? ` (${code})` : ''}.`;
}
