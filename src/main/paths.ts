import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @file Where the program's own files are, from the build in `out/main` as from the sources under a test runner. */

const here = dirname(fileURLToPath(import.meta.url));

function findUp(name: string): string {
  for (let dir = here; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, name))) return join(dir, name);
  }
  throw new Error(`${name} is not beside the program.`);
}

export function bundledTrunksDir(): string {
  return findUp(join('resources', 'trunks'));
}

export function licenceFile(): string {
  return findUp('LICENSE');
}

export function noticesFile(): string {
  return findUp(join('resources', 'notices.txt'));
}

export function iconFile(): string {
  return findUp(join('resources', 'icons', '512.png'));
}

export function rendererDir(): string {
  return findUp(join('out', 'renderer'));
}

export function preloadScript(): string {
  return findUp(join('out', 'preload', 'index.cjs'));
}

export function hostScript(): string {
  return findUp(join('out', 'main', 'host.js'));
}

export function workerScript(): string {
  return findUp(join('out', 'main', 'worker.js'));
}

/** The program of the thread that corrections teach on. */
export function teachWorkerScript(): string {
  return findUp(join('out', 'main', 'teach-worker.js'));
}

/** The program of the threads that read and edit a library. */
export function taskWorkerScript(): string {
  return findUp(join('out', 'main', 'task-worker.js'));
}

export function splitWorkerScript(): string {
  return findUp(join('out', 'main', 'split-worker.js'));
}

export function previewWorkerScript(): string {
  return findUp(join('out', 'main', 'preview-worker.js'));
}

/** Whether this is an installed program, which brings its own Node, and not a checkout. */
export function isInstalled(): boolean {
  return existsSync(join(rendererDir(), '../../../node/LICENSE'));
}
