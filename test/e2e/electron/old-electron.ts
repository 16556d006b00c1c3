import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { rolldown } from 'rolldown';

/** @file The built product for Electron 22, which starts no ES modules: one CommonJS file, with what that Electron lacks filled in before it. */

const home = resolve('.cache/electron-22');

/** The Electron of `npm run test:electron:fetch`, or null where it was not fetched. */
export function oldElectronBinary(): string | null {
  return existsSync(join(home, 'version')) ? join(home, 'electron') : null;
}

/** Puts the product as it is built now into Electron 22. */
export async function installProduct(): Promise<void> {
  const app = join(home, 'resources/app');
  const bundle = await rolldown({
    input: resolve('out/main/index.js'),
    platform: 'node',
    external: ['electron'],
    transform: { target: 'node16' },
    plugins: [
      {
        name: 'keep-module-addresses',
        transform: (code, id) => code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
      },
    ],
    logLevel: 'silent',
  });
  mkdirSync(app, { recursive: true });
  await bundle.write({ file: join(app, 'product.cjs'), format: 'cjs', codeSplitting: false });
  await bundle.close();
  for (const name of ['start.cjs', 'polyfills.cjs', 'preload-polyfill.cjs'])
    copyFileSync(resolve('test/e2e/electron', name), join(app, name));
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name, version, main: 'start.cjs' }));
}
