/**
 * @file Lets Node run the sources as they are: `node --import ./scripts/run-ts.mjs bench/throughput.ts`. Node strips the types; this
 * resolves the import prefixes and the endings that the sources leave out.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const prefixes = { '@shared/': 'src/shared/', '@main/': 'src/main/' };

registerHooks({
  resolve(specifier, context, nextResolve) {
    const prefix = Object.keys(prefixes).find((start) => specifier.startsWith(start));
    let file = null;
    if (prefix) file = join(root, prefixes[prefix], specifier.slice(prefix.length));
    else if (specifier.startsWith('.') && context.parentURL?.startsWith('file:')) {
      file = join(dirname(fileURLToPath(context.parentURL)), specifier);
    }
    if (file !== null && !/\.(ts|mjs|cjs|js|json|node)$/.test(file) && existsSync(`${file}.ts`)) {
      return nextResolve(pathToFileURL(`${file}.ts`).href, context);
    }
    if (file !== null && existsSync(join(file, 'index.ts'))) {
      return nextResolve(pathToFileURL(join(file, 'index.ts')).href, context);
    }
    return nextResolve(specifier, context);
  },
});
