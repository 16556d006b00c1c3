/** @file The third-party notices: every package that ships, with its licence text. `npm run notices` writes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageOf, type ShippedFile } from './shipped-files.ts';

export interface ShippedPackage {
  name: string;
  version: string;
  /** An SPDX expression. */
  license: string;
  text: string;
}

/** Licences that ask for no more than their notice. */
const PERMISSIVE = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Zlib', 'WTFPL']);

/** LGPL: each is a file of its own beside the program, so a person can replace it, which is what that licence asks for. */
const REPLACEABLE = /^(libheif-js|@img\/sharp-libvips-[\w-]+|@img\/sharp-win32-\w+)$/;

/** Whether a package may ship: its licence is permissive, or it is one of the two libraries that a person can replace. */
export function mayShip({ name, license }: Pick<ShippedPackage, 'name' | 'license'>): boolean {
  if (REPLACEABLE.test(name) && license.includes('LGPL-3.0')) return true;
  const choices = license.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((part) => PERMISSIVE.has(part)));
}

/** The packages of the shipped files, and those that are part of the built page. In the order of their names. */
export function shippedPackages(root: string, files: readonly ShippedFile[]): ShippedPackage[] {
  const names = new Set(files.map(({ path }) => packageOf(path)).filter((name) => name !== null));
  const all = [...[...names].map((name) => readPackage(root, name)), ...packagesOfPage(root)];
  const byName = new Map(all.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The whole page of notices. Packages with the same text share it. */
export function formatNotices(packages: readonly ShippedPackage[]): string {
  const packagesByText = Map.groupBy(packages, ({ text }) => text);
  const sections = [...packagesByText].map(
    ([text, group]) =>
      `${group.map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n')}\n\n${text}`,
  );
  return `${[INTRODUCTION, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const INTRODUCTION = `Kindred is made with the work of many others. Here are their notices and licences.

An installed Kindred also contains these programs, with their licences beside them:
Electron (MIT): LICENSE in the folder of the program; LICENSE.electron.txt in some releases.
Chromium, and what it is made of: LICENSES.chromium.html in the folder of the program.
Node.js (MIT), and what it is made of: resources/node/LICENSE in the folder of the program.

The networks efficientnet-lite0 and efficientnet-lite2, and their eight-bit forms: weights by Google (Apache-2.0), converted
to ONNX. The licence is beside each of them, and below.`;

function readPackage(root: string, name: string): ShippedPackage {
  const folder = join(root, 'node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
    author?: string | { name: string };
  };
  const own = readdirSync(folder).filter((file) => /^(licen[sc]e|copying|notice|third-?party)/i.test(file));
  // The README of libvips' package lists the libraries inside it, each with its licence.
  if (name.startsWith('@img/sharp-libvips')) own.push('README.md');
  const texts = own.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const isComplete = own.some((file) => file !== 'README.md') && !license.startsWith('LGPL');
  if (!isComplete) texts.push(...standardTexts(license).map((text) => `${copyrightOf(name, author)}${text}`));
  return { name, version, license, text: texts.join('\n\n') };
}

/** The line of the copyright, for a package that does not bring its licence's text. */
function copyrightOf(name: string, author: string | { name: string } | undefined): string {
  const holder = name.startsWith('onnxruntime-')
    ? 'Microsoft Corporation'
    : name.startsWith('@tensorflow/')
      ? 'Google LLC'
      : typeof author === 'string'
        ? author
        : author?.name;
  return holder === undefined ? '' : `Copyright (c) ${holder}\n\n`;
}

/** What vite says is in the built page. */
function packagesOfPage(root: string): ShippedPackage[] {
  const found = JSON.parse(readFileSync(join(root, 'out/renderer/.vite/licenses.json'), 'utf8')) as {
    name: string;
    version: string;
    identifier?: string;
    text?: string;
  }[];
  return found.map(({ name, version, identifier, text }) => ({
    name,
    version,
    license: identifier ?? (/\bMIT License\b/.test(text ?? '') ? 'MIT' : 'unknown'),
    text: text?.trim() ?? '',
  }));
}

/** The usual text of each licence in an expression, for packages that name it without bringing its text. */
function standardTexts(license: string): string[] {
  return license.split(/ AND | OR /).map((part) => {
    const file = join(import.meta.dirname, 'licences', `${part.replace('-or-later', '')}.txt`);
    if (!existsSync(file)) throw new Error(`There is no text of the licence ${part}: put it to ${file}.`);
    return readFileSync(file, 'utf8').trim();
  });
}
