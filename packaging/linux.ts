/** @file The two packages for Linux: a .deb, which `dpkg-deb` packs, and a .tar.gz that runs from any folder. Both work without a network. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { drawIcon, iconFile } from './icon.ts';
import {
  appArmorProfile,
  commandScript,
  controlFile,
  copyrightFile,
  desktopEntry,
  INSTALL_DIR,
  postinst,
  postrm,
} from './linux-texts.ts';
import { writeResources } from './resources-folder.ts';
import { folderSizeBytes } from './weights.ts';

export interface LinuxJob {
  root: string;
  /** The unpacked release of Electron. */
  electronDist: string;
  /** Where the packages go. */
  outDir: string;
  version: string;
  arch: string;
  /** Packs quickly and larger, for a test. */
  isFast: boolean;
}

const DEBIAN_ARCH: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** Writes the program's folder: Electron, named kindred, with Kindred and Node in its resources. */
export async function writeProgram(job: LinuxJob): Promise<string> {
  const program = join(job.outDir, `kindred-${job.version}-linux-${job.arch}`);
  rmSync(program, { recursive: true, force: true });
  cpSync(job.electronDist, program, {
    recursive: true,
    dereference: true,
    // In its resources is Electron's own welcome page.
    filter: (path) => ![join(job.electronDist, 'resources'), join(job.electronDist, 'version')].includes(path),
  });
  renameSync(join(program, 'electron'), join(program, 'kindred'));
  await writeResources(job.root, join(program, 'resources'), { platform: 'linux', arch: job.arch });
  write(join(program, 'bin/kindred'), commandScript());
  chmodSync(join(program, 'bin/kindred'), 0o755);
  normalizeModes(program);
  return program;
}

/** @returns The path of the archive. */
export function packTar(job: LinuxJob, program: string): string {
  const archive = `${program}.tar.gz`;
  const folder = program.slice(dirname(program).length + 1);
  run('tar', [
    '--owner=0',
    '--group=0',
    '-C',
    dirname(program),
    `-I`,
    job.isFast ? 'gzip -1' : 'gzip -9',
    '-cf',
    archive,
    folder,
  ]);
  return archive;
}

/** @returns The path of the .deb. The program's folder moves into it. */
export async function packDeb(job: LinuxJob, program: string): Promise<string> {
  const architecture = DEBIAN_ARCH[job.arch];
  if (architecture === undefined) throw new Error(`Debian has no name for ${job.arch} here.`);
  const stage = join(job.outDir, 'deb');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(stage, dirname(INSTALL_DIR)), { recursive: true });
  const installed = join(stage, INSTALL_DIR);
  renameSync(program, installed);
  write(join(installed, 'resources/apparmor-profile'), appArmorProfile());
  write(join(stage, 'usr/share/applications/kindred.desktop'), desktopEntry());
  write(join(stage, 'usr/share/doc/kindred/copyright'), copyrightFile(readFileSync(join(job.root, 'LICENSE'), 'utf8')));
  mkdirSync(join(stage, 'usr/bin'));
  symlinkSync(`${INSTALL_DIR}/bin/kindred`, join(stage, 'usr/bin/kindred'));
  await writeIcons(iconFile(job.root), join(stage, 'usr/share/icons/hicolor'));
  const installedSizeBytes = folderSizeBytes(stage);
  write(join(stage, 'DEBIAN/control'), controlFile({ version: job.version, architecture, installedSizeBytes }));
  write(join(stage, 'DEBIAN/postinst'), postinst());
  write(join(stage, 'DEBIAN/postrm'), postrm());
  normalizeModes(stage);
  for (const script of ['postinst', 'postrm']) chmodSync(join(stage, 'DEBIAN', script), 0o755);
  // Where user namespaces are turned off, Chromium's sandbox needs this helper of root.
  if (existsSync(join(installed, 'chrome-sandbox'))) chmodSync(join(installed, 'chrome-sandbox'), 0o4755);
  const file = join(job.outDir, `kindred_${job.version}_${architecture}.deb`);
  run('dpkg-deb', [
    '--root-owner-group',
    ...(job.isFast ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6']),
    '--build',
    stage,
    file,
  ]);
  rmSync(stage, { recursive: true });
  return file;
}

async function writeIcons(svg: string, hicolor: string): Promise<void> {
  for (const size of ICON_SIZES) {
    const folder = join(hicolor, `${size}x${size}/apps`);
    mkdirSync(folder, { recursive: true });
    await drawIcon(svg, size, join(folder, 'kindred.png'));
  }
  write(join(hicolor, 'scalable/apps/kindred.svg'), readFileSync(svg, 'utf8'));
}

/** Readable for everybody, writable for the owner, whatever the mask of the person who builds. */
function normalizeModes(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}.`);
}
