import { readdirSync, readFileSync } from 'node:fs';

/** @file The processes of a started program, as Linux shows them under /proc. */

export interface RunningProcess {
  pid: number;
  parentPid: number;
  command: string;
}

function readProcess(pid: number): RunningProcess | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // One that has ended, and that nobody has asked about yet.
    if (/^State:\s+Z/m.test(status)) return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parentPid: Number(/^PPid:\s+(\d+)/m.exec(status)![1]), command };
  } catch {
    return null;
  }
}

/** Every process below one, itself included. */
export function processTree(rootPid: number): RunningProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== null);
  const tree = all.filter(({ pid }) => pid === rootPid);
  for (const { pid } of tree) tree.push(...all.filter(({ parentPid }) => parentPid === pid));
  return tree;
}

const roles = {
  host: /out\/main\/host\.js/,
  worker: /out\/main\/worker\.js/,
} as const;
export type Role = keyof typeof roles;

/** The process of a started program that has a role, or null while there is none. */
export function findProcess(rootPid: number, role: Role): RunningProcess | null {
  return processTree(rootPid).find(({ command }) => roles[role].test(command)) ?? null;
}

/**
 * Kills a process of a started program at once.
 *
 * @returns What was killed.
 * @throws If there is none that has the role.
 */
export function killProcess(rootPid: number, role: Role): RunningProcess {
  const found = findProcess(rootPid, role);
  if (!found) throw new Error(`There is no ${role} to kill.`);
  process.kill(found.pid, 'SIGKILL');
  return found;
}

/** Files that a process has mapped: its shared objects among them. */
export function mappedFiles(pid: number): string[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return [...new Set(lines.map((line) => line.split(/\s+/)[5]).filter((path) => path?.startsWith('/')))] as string[];
}
