/** @file What an installed Kindred weighs, part by part. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Weight {
  part: string;
  sizeBytes: number;
}

export function folderSizeBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** The parts of a program's `resources` folder, the heaviest first. Electron's own files are not among them. */
export function weighResources(resources: string): Weight[] {
  const modules = join(resources, 'app/node_modules');
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  const parts: Weight[] = [
    { part: 'Node', sizeBytes: folderSizeBytes(join(resources, 'node')) },
    { part: 'networks', sizeBytes: folderSizeBytes(join(resources, 'app/resources/trunks')) },
    { part: "Kindred's own programs and page", sizeBytes: folderSizeBytes(join(resources, 'app/out')) },
    ...names.map((part) => ({ part, sizeBytes: folderSizeBytes(join(modules, part)) })),
  ];
  return parts.sort((a, b) => b.sizeBytes - a.sizeBytes);
}

/** A table in megabytes (10⁶ bytes); parts under half a megabyte are one line. */
export function weightTable(weights: readonly Weight[], electronBytes: number): string {
  const line = (part: string, sizeBytes: number): string => `${(sizeBytes / 1e6).toFixed(1).padStart(7)} MB  ${part}`;
  const sum = (of: readonly Weight[]): number => of.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const [large, small] = [weights.filter((w) => w.sizeBytes >= 5e5), weights.filter((w) => w.sizeBytes < 5e5)];
  return [
    ...large.map(({ part, sizeBytes }) => line(part, sizeBytes)),
    line(`${small.length} smaller packages`, sum(small)),
    line("together, without Electron's own files", sum(weights)),
    line("Electron's own files", electronBytes),
    '',
  ].join('\n');
}
