import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { DEFAULT_TRUNK } from '@shared/model/run';

import { openTrunkFolder } from '../trunks/trunk-folder';
import { listTrunks } from '../trunks/trunk-library';
import { listEngines, measureGflops, openEngine } from '../scan/engine/engine';
import { bundledTrunksDir, isInstalled } from '../paths';
import { findTrunk } from '../trunks/find-trunk';
import { print } from './command-context';
import { ranQuietly } from './quiet-process';

const MEASURED_PHOTOS = 64;

/** `kindred doctor`: what this machine has, how fast it is, and how to get what is missing. */
export async function doctor(options: { json?: boolean }): Promise<void> {
  if (await ranQuietly()) return;
  const engines = await listEngines();
  const engine = await openEngine('auto');
  const gflops = round(await measureGflops(engine));
  const trunk = await measureTrunk();
  const electron = electronVersion();
  const missing = isInstalled() ? [] : missingInCheckout(engines, electron.hasBinary);
  const result = {
    node: process.version,
    electron: electron.hasBinary ? electron.version : null,
    engine: { name: engine.name, device: engine.device, gflops },
    engines,
    trunk,
    trunks: listTrunks().map(({ id }) => id),
    sqlite: new Database(':memory:').prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()!.v,
    neighbors: 'hnswlib-node, exact search for small libraries',
    missing,
  };
  engine.dispose();
  print(options.json, result, () =>
    [
      `Node ${result.node}, SQLite ${result.sqlite}, Electron ${result.electron ?? 'not here'}`,
      `Engine: ${result.engine.name} (${result.engine.device}), ${gflops} GFLOP/s`,
      ...engines.map(({ name, available, why }) => `  ${available ? '✓' : '–'} ${name}: ${why}`),
      `Trunk: ${trunk.id}, ${trunk.photos_per_second} photos/s`,
      ...missing.map(({ what, fix }) => `Missing: ${what}. To get it: ${fix}`),
    ].join('\n'),
  );
}

/** What a checkout can still get. An installed program is complete. */
function missingInCheckout(
  engines: readonly { name: string; available: boolean }[],
  hasElectron: boolean,
): { what: string; fix: string }[] {
  const missing: { what: string; fix: string }[] = [];
  if (!engines.some(({ name, available }) => name === 'tensorflow' && available)) {
    missing.push({ what: 'the native engine (several times faster)', fix: 'npm run engine:native' });
  }
  if (!hasElectron) {
    missing.push({ what: 'the Electron binary (the window; the page works without it)', fix: 'npx install-electron' });
  }
  return missing;
}

async function measureTrunk(): Promise<{ id: string; width: number; photos_per_second: number }> {
  const trunk = await openTrunkFolder(findTrunk([bundledTrunksDir()], DEFAULT_TRUNK));
  const { id, size, width } = trunk.description;
  const pixels = new Float32Array(16 * 3 * size * size);
  await trunk.embed(pixels);
  const startedMs = performance.now();
  for (let done = 0; done < MEASURED_PHOTOS; done += 16) await trunk.embed(pixels);
  const seconds = (performance.now() - startedMs) / 1000;
  await trunk.dispose();
  return { id, width, photos_per_second: round(MEASURED_PHOTOS / seconds) };
}

/** Electron is a development dependency: a packaged command line does not have it at all. */
function electronVersion(): { version: string | null; hasBinary: boolean } {
  try {
    const require = createRequire(import.meta.url);
    const manifest = require.resolve('electron/package.json');
    const { version } = require(manifest) as { version: string };
    return { version, hasBinary: existsSync(join(manifest, '..', 'dist')) };
  } catch {
    return { version: null, hasBinary: false };
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
