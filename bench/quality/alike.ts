/** @file Other pictures made as small as a set's own: next to 32 × 32 pixels any full photograph is clearly a kind of its own. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { cacheDir, embedOnce, type LabelledViews } from './embeddings';

/** Pictures are read at this size: what is larger looks alike in sharpness. */
const READ_SIZE = 224;

/**
 * The pictures of a folder, each a class of its own, at the size of a set's photos; embedded once and kept.
 *
 * @param folder Other pictures.
 * @param setFolder Folders of the set's photos, all of one size.
 * @returns Nothing where the set's photos are not small.
 */
export async function makeAlike(
  folder: string,
  setFolder: string,
  setName: string,
  trunkId: string,
): Promise<LabelledViews | null> {
  const label = readdirSync(setFolder)[0]!;
  const { width, height } = await sharp(join(setFolder, label, readdirSync(join(setFolder, label))[0]!)).metadata();
  if (Math.min(width, height) >= READ_SIZE) return null;
  const key = `${setName}-alike`;
  return embedOnce(key, trunkId, async () => {
    const dir = join(cacheDir(trunkId), key);
    mkdirSync(dir, { recursive: true });
    const made = [];
    for (const [kind, file] of readdirSync(folder).entries()) {
      const path = join(dir, `${kind}.jpg`);
      await sharp(join(folder, file))
        .rotate()
        .resize(width, height, { fit: 'cover' })
        .jpeg({ quality: 95 })
        .toFile(path);
      made.push({ path, label: kind });
    }
    return made;
  });
}
