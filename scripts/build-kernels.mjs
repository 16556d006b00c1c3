/**
 * @file Compiles `src/main/scan/engine/kernels/assembly` (AssemblyScript) to WebAssembly, kept as text in `src/main/scan/engine/kernels/compiled.ts`, so that
 * neither a build nor a person who runs Kindred needs the compiler. A test compares the two.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import asc from 'assemblyscript/asc';

const kernels = join(import.meta.dirname, '..', 'src', 'main', 'scan', 'engine', 'kernels');

/** The module's bytes as base64. */
export async function compileKernels() {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-kernels-'));
  try {
    const binary = join(folder, 'kernels.wasm');
    const { error, stderr } = await asc.main([
      join(kernels, 'assembly', 'index.ts'),
      ...['--outFile', binary, '--optimizeLevel', '3', '--shrinkLevel', '0', '--enable', 'simd', '--runtime', 'stub'],
      ...['--importMemory', '--use', 'abort=', '--noAssert'],
    ]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    return readFileSync(binary).toString('base64');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lines = (await compileKernels()).match(/.{1,100}/g).map((line) => `  '${line}',`);
  const text = `/** @file Made by \`npm run build:kernels\` from \`assembly\`. */\nexport const compiledKernels = [\n${lines.join('\n')}\n].join('');\n`;
  writeFileSync(join(kernels, 'compiled.ts'), text);
}
