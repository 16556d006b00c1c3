/** The whole with the given parts in place of its own, all the way down. Lists count as one part. */
export function fillIn<T>(whole: T, parts: unknown): T {
  if (parts === undefined) return whole;
  if (!isRecord(whole) || !isRecord(parts)) return parts as T;
  const filled = Object.entries(whole).map(([key, value]) => [key, fillIn(value, parts[key])]);
  return Object.fromEntries(filled) as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
