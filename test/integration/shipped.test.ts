import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { mayShip, shippedPackages, type ShippedPackage } from '../../packaging/notices.ts';
import { shippedFiles, type ShippedFile } from '../../packaging/shipped-files.ts';

/** @file What an installer made here would contain. Reads the build, as the other tests of this folder do. */

const MEGABYTE = 1e6;
let files: ShippedFile[];
let packages: ShippedPackage[];

beforeAll(async () => {
  files = await shippedFiles(process.cwd(), process);
  packages = shippedPackages(process.cwd(), files);
});

describe('the files that ship', () => {
  it('are those that the program loads, with native modules and networks', () => {
    const paths = files.map(({ path }) => path);
    for (const wanted of [
      /^out\/main\/cli\.js$/,
      /^out\/renderer\/index\.html$/,
      /^resources\/trunks\/efficientnet-lite2\/model\.onnx$/,
      /^resources\/notices\.txt$/,
      /\/onnxruntime_binding\.node$/,
      /\/hnswlib-node\/build\/Release\/addon\.node$/,
      /\/better-sqlite3\/prebuilds\/.*\.node$/,
      /\/jxl_dec\.wasm$/,
      /\/tfjs-backend-wasm-simd\.wasm$/,
    ])
      expect(paths.filter((path) => wanted.test(path))).not.toEqual([]);
  });

  it('contain no sources, no tests and no tools of development', () => {
    const unwanted =
      /\.(ts|svelte|map|c|cc|cpp|h|tsbuildinfo)$|(^|\/)(tests?|__tests__|examples?)\/|^(src|test|bench|packaging|scripts)\//;
    expect(files.map(({ path }) => path).filter((path) => unwanted.test(path))).toEqual([]);
    const tools = ['electron', 'vite', 'vitest', 'typescript', 'playwright-core', 'node', '@vercel/nft'];
    expect(packages.map(({ name }) => name).filter((name) => tools.includes(name))).toEqual([]);
  });

  it('leave room for Node within 300 MB', () => {
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    expect(sizeBytes).toBeLessThan(170 * MEGABYTE);
  });
});

describe('the notices', () => {
  it('name only licences that may ship, each with its text', () => {
    expect(packages.length).toBeGreaterThan(30);
    expect(packages.filter((one) => !mayShip(one)).map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
    expect(packages.filter(({ text }) => text.length < 100).map(({ name }) => name)).toEqual([]);
  });

  it('are those of what ships now; `npm run notices` writes them anew', () => {
    const notices = readFileSync('resources/notices.txt', 'utf8');
    const line = ({ name, version, license }: ShippedPackage): string => `${name} ${version} (${license})`;
    // A package with the binaries of one system is named for that system only; the committed notices are those of Linux.
    const lines = packages.filter(({ name }) => !name.startsWith('@img/sharp-')).map(line);
    expect(lines.filter((one) => !notices.includes(one))).toEqual([]);
  });
});
