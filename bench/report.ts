import { cpus, totalmem } from 'node:os';

/** One requirement and what was measured for it. */
export interface Bar {
  name: string;
  value: number;
  bar: string;
  ok: boolean;
}

/** `value` must reach at least, or stay at most at, a limit. */
export function atLeast(name: string, value: number, limit: number): Bar {
  return { name, value: round(value), bar: `≥ ${limit}`, ok: value >= limit };
}

export function atMost(name: string, value: number, limit: number): Bar {
  return { name, value: round(value), bar: `≤ ${limit}`, ok: value <= limit };
}

export function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** Says on what machine the figures were taken. */
export function machine(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** Prints one JSON object with `--json`, a table otherwise; sets the exit code by the bars. */
export function printBench(bars: readonly Bar[], details: Record<string, unknown>): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ machine: machine(), bars, ...details }));
  } else {
    console.log(machine());
    console.table(bars);
    console.log(details);
  }
  if (bars.some(({ ok }) => !ok)) process.exitCode = 1;
}

/** The number behind an option (`--photos 200`), or the default. */
export function numberOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

export function textOption(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
