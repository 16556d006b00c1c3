/**
 * @file `node test/package/old-electron-files.ts DIR`: what an installed Kindred needs beside its own files to start in Electron 22, where the pinned
 * Electron cannot be had. The test puts these files into the installed program and takes them away again; no package contains them.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { rolldown } from 'rolldown';

import { INSTALL_DIR } from '../../packaging/linux-texts.ts';
import { appManifest } from '../../packaging/resources-folder.ts';

const root = join(import.meta.dirname, '../..');
const to = process.argv[2];
if (to === undefined) throw new Error('Name the folder to write to.');
mkdirSync(to, { recursive: true });
const installed = JSON.stringify(`file://${INSTALL_DIR}/resources/app/out/main/index.js`);
const bundle = await rolldown({
  input: join(root, 'out/main/index.js'),
  platform: 'node',
  external: ['electron'],
  transform: { target: 'node16' },
  plugins: [{ name: 'installed-address', transform: (code) => code.replaceAll('import.meta.url', installed) }],
  logLevel: 'silent',
});
await bundle.write({ file: join(to, 'product.cjs'), format: 'cjs', codeSplitting: false });
await bundle.close();
for (const name of ['polyfills.cjs', 'preload-polyfill.cjs']) {
  copyFileSync(join(root, 'test/e2e/electron', name), join(to, name));
}
// The test looks in through Node's inspector: a menu entry gives no flags to a program.
const start = ["require('node:inspector').open(9229);", "require('./polyfills.cjs');", "require('./product.cjs');", ''];
writeFileSync(join(to, 'start-old.cjs'), start.join('\n'));
const manifest = JSON.parse(appManifest(readFileSync(join(root, 'package.json'), 'utf8'))) as object;
writeFileSync(join(to, 'package.json'), JSON.stringify({ ...manifest, main: './start-old.cjs' }));
