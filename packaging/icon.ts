import { join } from 'node:path';

import sharp from 'sharp';

/** The program's icon, which the page shows too. */
export function iconFile(root: string): string {
  return join(root, 'src/renderer/public/icon.svg');
}

/** Draws it as a PNG, `size` pixels wide. The drawing is 64 units wide, at 72 dots an inch. */
export async function drawIcon(svg: string, size: number, file: string): Promise<void> {
  await sharp(svg, { density: (72 * size) / 64 })
    .resize(size, size)
    .png()
    .toFile(file);
}
