export function whyNoWindow(machine: {
  platform: string;
  env: Record<string, string | undefined>;
  uid: number | undefined;
}): string | null;
export function judgeEnd(end: { code: number | null; ms: number }): 'ended' | 'refused';
export function isWhole(
  found: { hasBinary: boolean; version: string | null; hasPath: boolean },
  wanted: string,
): boolean;
export function whyNotFetched(end: {
  code: number | null;
  signal: string | null;
  said: string;
  isLate: boolean;
}): string;
