/** @file `npm run icons`: draws the program's icon in the sizes that systems ask for, from the page's own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const svg = join(root, 'src/renderer/public/icon.svg');
const SVG_SIZE_PX = 64;
const SVG_DPI = 72;

mkdirSync(join(root, 'resources/icons'), { recursive: true });
for (const sizePx of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  await sharp(svg, { density: (SVG_DPI * sizePx) / SVG_SIZE_PX })
    .resize(sizePx, sizePx)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(root, 'resources/icons', `${sizePx}.png`));
}
