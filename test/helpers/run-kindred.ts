import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { z } from 'zod';

/** The built command line; `npm test` builds it before the tests that need it. */
export const cliScript = resolve('out/main/cli.js');

export interface KindredResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningKindred {
  child: ChildProcess;
  result: Promise<KindredResult>;
  /** Resolves when standard error has said this. */
  says: (pattern: RegExp) => Promise<void>;
  /** Process ids of the command's children. */
  workerPids: () => number[];
}

/** Starts a command; it is given a data folder of its own, so no test touches a person's libraries. */
export function startKindred(args: readonly string[], dataDir: string): RunningKindred {
  if (!existsSync(cliScript)) throw new Error('The program is not built: npm run build.');
  const child = spawn(process.execPath, [cliScript, ...args], {
    env: { ...process.env, KINDRED_DATA_DIR: dataDir, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    waiting.forEach((check) => check());
  });
  const { promise: result, resolve: finish } = Promise.withResolvers<KindredResult>();
  child.once('close', (code) => finish({ code, stdout, stderr }));
  return {
    child,
    result,
    says: (pattern) =>
      new Promise((resolveSaid, reject) => {
        const check = (): void => {
          if (!pattern.test(stderr)) return;
          waiting.delete(check);
          resolveSaid();
        };
        waiting.add(check);
        void result.then(() => reject(new Error(`It ended without saying ${String(pattern)}:\n${stderr}`)));
        check();
      }),
    workerPids: () => childPids(child.pid!),
  };
}

export function runKindred(args: readonly string[], dataDir: string): Promise<KindredResult> {
  return startKindred(args, dataDir).result;
}

/** Runs a command with `--json` and parses its one object. */
export async function kindredJson<T>(schema: z.ZodType<T>, args: readonly string[], dataDir: string): Promise<T> {
  const { code, stdout, stderr } = await runKindred([...args, '--json'], dataDir);
  if (code !== 0) throw new Error(`kindred ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return schema.parse(JSON.parse(stdout));
}

export const ScanJson = z.object({
  library: z.string(),
  photos: z.object({ indexed: z.int(), unchanged: z.int(), failed: z.int(), left_out: z.int() }),
  failures: z.array(z.object({ path: z.string(), reason: z.string() })),
  run: z.object({ id: z.int(), seed: z.int(), engine: z.string(), trunk: z.string(), views: z.int() }),
  stages: z.array(z.object({ name: z.string(), seconds: z.number(), items: z.int() })),
  groups: z.int(),
  unsorted: z.int(),
  verdict: z.enum(['groups', 'no-clear-groups', 'too-few-photos']),
  findings: z.array(z.string()),
});
export type ScanJson = z.infer<typeof ScanJson>;

const PhotoJson = z.object({
  path: z.string(),
  confidence: z.number(),
  certainty: z.enum(['sure', 'likely', 'unsure']),
});
export const GroupsJson = z.object({
  groups: z.array(
    z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      size: z.int(),
      confidence: z.number(),
      cover: z.string().nullable(),
      photos: z.array(PhotoJson).optional(),
    }),
  ),
  unsorted: z.object({ size: z.int(), photos: z.array(PhotoJson).optional() }),
});
export type GroupsJson = z.infer<typeof GroupsJson>;

export const ExportJson = z.object({
  id: z.int(),
  planned: z.object({ files: z.int(), bytes: z.int(), folders: z.int() }),
  written: z.int(),
  skipped: z.int(),
  failed: z.array(z.object({ path: z.string(), reason: z.string() })),
  verified: z.int(),
  bytes_written: z.int(),
  dry_run: z.boolean(),
});

function childPids(pid: number): number[] {
  try {
    return execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .map(Number)
      .filter((found) => found > 0);
  } catch {
    return [];
  }
}
