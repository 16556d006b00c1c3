/**
 * @file Libraries whose photos are read and embedded but not learned from, kept in `.cache/bench/keep`, and copies of them to work on. A copy
 * has a folder of its own with hard links to the photos that are there at the moment: to hold photos back, bring them and delete them
 * costs nothing, and nothing is ever embedded twice.
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { bundledTrunksDir } from '@main/paths';
import { openStageContext } from '@main/run/stage-resources';
import { embed } from '@main/run/stages/embed';
import { indexPhotos } from '@main/run/stages/index-photos';
import { LEARNING_VERSION } from '@main/run/learning-hash';
import { openStore, type Store } from '@main/store/store';
import type { RunId } from '@shared/model/ids';
import { RunOptions } from '@shared/model/run';

import { learn } from '../teach/scanned';

const cacheDir = join(import.meta.dirname, '..', '..', '.cache', 'bench', 'keep');

export interface EmbeddedLibrary {
  file: string;
  photosDir: string;
  /** Of all photos, relative to the folder, in order. */
  paths: string[];
}

/** Reads and embeds the first photos of every class folder: once, then it is there. */
export async function embeddedLibrary(
  source: string,
  name: string,
  { perClass, numViews }: { perClass: number; numViews: number },
): Promise<EmbeddedLibrary> {
  const dir = join(cacheDir, `${name}-${perClass}-views-${numViews}`);
  const [photosDir, kept] = [join(dir, 'photos'), join(dir, 'embedded.sqlite')];
  if (existsSync(kept)) return { file: kept, photosDir, paths: pathsIn(kept) };
  for (const className of readdirSync(source)) {
    mkdirSync(join(photosDir, className), { recursive: true });
    for (const file of readdirSync(join(source, className)).sort().slice(0, perClass)) {
      cpSync(join(source, className, file), join(photosDir, className, file), { preserveTimestamps: true });
    }
  }
  const store = openStore(join(dir, 'library.sqlite'));
  store.library.addFolder(photosDir);
  const options = RunOptions.parse({ numViews });
  const runId = store.runs.create(options) as RunId;
  const { context, dispose } = openStageContext({
    ...{ store, libraryDir: dir, runId, options },
    ...{ trunksDirs: [bundledTrunksDir()], signal: new AbortController().signal, send: () => undefined },
  });
  await indexPhotos(context);
  await embed(context, () => Promise.resolve(false));
  await dispose();
  store.db.exec(`DELETE FROM runs; VACUUM INTO '${kept}.part'`);
  store.close();
  renameSync(`${kept}.part`, kept);
  return { file: kept, photosDir, paths: pathsIn(kept) };
}

/** The same library after it was learned from, with the named photos in it: once, then it is there. */
export async function learnedLibrary(
  embedded: EmbeddedLibrary,
  paths: readonly string[],
  options: Partial<RunOptions>,
): Promise<EmbeddedLibrary> {
  const about = JSON.stringify([LEARNING_VERSION, options, paths]);
  const kept = join(
    dirname(embedded.file),
    `learned-${createHash('sha256').update(about).digest('hex').slice(0, 12)}.sqlite`,
  );
  if (!existsSync(kept)) {
    const copy = new WorkingCopy(embedded, paths);
    await learn(copy.store, copy.dir, options);
    copy.store.db.exec(`VACUUM INTO '${kept}.part'`);
    copy.close();
    renameSync(`${kept}.part`, kept);
  }
  return { ...embedded, file: kept };
}

function pathsIn(file: string): string[] {
  const store = openStore(file);
  try {
    return store.db
      .prepare<[], { path: string }>('SELECT path FROM photos ORDER BY path')
      .all()
      .map(({ path }) => path);
  } finally {
    store.close();
  }
}

/** A copy to work on, with some of the photos in its folder. */
export class WorkingCopy {
  readonly dir: string;
  readonly store: Store;
  private readonly folder: string;

  constructor(
    private readonly original: EmbeddedLibrary,
    paths: readonly string[],
  ) {
    // Beside the photos: hard links do not cross file systems.
    this.dir = mkdtempSync(join(dirname(original.photosDir), 'copy-'));
    this.folder = join(this.dir, 'photos');
    copyFileSync(original.file, join(this.dir, 'library.sqlite'));
    this.store = openStore(join(this.dir, 'library.sqlite'));
    this.store.db.pragma('synchronous = OFF');
    mkdirSync(this.folder);
    this.store.library.relinkFolder(this.store.library.folders()[0]!.id, this.folder);
    this.bring(paths);
  }

  /** Puts photos into the folder; paths are relative to it. */
  bring(paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      linkSync(join(this.original.photosDir, path), join(this.folder, path));
    }
  }

  delete(paths: readonly string[]): void {
    for (const path of paths) rmSync(join(this.folder, path));
  }

  /** Gives each file the name of the next, and the last that of the first: two are swapped, many are renumbered. */
  renumber(paths: readonly string[]): void {
    const aside = join(this.folder, 'aside');
    paths.forEach((path, index) => {
      renameSync(join(this.folder, path), index === 0 ? aside : join(this.folder, paths[index - 1]!));
    });
    renameSync(aside, join(this.folder, paths.at(-1)!));
  }

  /** Puts another content under the name of a photo: that of a photo of the library and a byte, which no decoder reads. */
  replace(path: string, by: string): void {
    rmSync(join(this.folder, path));
    copyFileSync(join(this.original.photosDir, by), join(this.folder, path));
    appendFileSync(join(this.folder, path), '\0');
  }

  close(): void {
    this.store.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
