/**
 * @file When a photo was taken. Cameras, phones, scanners and programs write dates in many forms, and dates that do not exist. What does not
 * exist is not read as another day: it counts as not written. Everything is the local time of the place, whatever the machine's time zone.
 */

/** A moment as somebody wrote it. */
export interface Moment {
  /** Local time, ISO 8601, with its offset where known. */
  takenAt: string;
  /** The same as a number: UTC where the offset is known, otherwise the local time read as UTC. */
  takenAtMs: number;
  /** As much as was written: `1965-07`, `2015-02-01`, `2015-02-01T14:42:59+01:00`. */
  written: string;
}

const FORM =
  /^(\d{4})(?:([:\-/. ])\s*(\d{1,2})(?:[:\-/. ]\s*(\d{1,2}))?)?(?:[T ]\s*(\d{1,2}):\s*(\d{1,2})(?::\s*(\d{1,2})(?:[.,](\d+))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads one date.
 *
 * @param text What is written; anything but a text gives nothing.
 * @param offset The zone, where it is written in a field of its own.
 * @param fraction The digits of the second after the point, where they are written in a field of their own.
 * @returns Null where there is no date, or none that exists.
 */
export function readMoment(text: unknown, offset?: unknown, fraction?: unknown): Moment | null {
  const match = FORM.exec(tidy(text));
  if (!match) return null;
  const [, year, , month, day, hour, minute, second] = match;
  const isTimed = hour !== undefined && day !== undefined;
  if (hour !== undefined && !isTimed) return null;
  const fields = [year, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0].map(Number);
  if (!exists(fields)) return null;
  const zone = isTimed ? zoneOf(match[9] ?? tidy(offset)) : '';
  const digits = match[8] ?? /^\d+/.exec(tidy(fraction))?.[0] ?? '';
  const [y, mo, d, h, mi, s] = fields as [number, number, number, number, number, number];
  const localMs = Date.UTC(y, mo - 1, d, h, mi, s) + Number(digits.slice(0, 3).padEnd(3, '0'));
  const local = new Date(localMs).toISOString().slice(0, 19);
  const length = isTimed ? (second === undefined ? 16 : 19) : day ? 10 : month ? 7 : 4;
  return {
    takenAt: local + zone,
    takenAtMs: localMs - minutesOf(zone) * 60_000,
    written: local.slice(0, length) + zone,
  };
}

/** Reads a date out of an XMP packet: the first of the names that holds one that exists. */
export function readXmpMoment(xmp: string | undefined, names: readonly string[]): Moment | null {
  for (const name of names) {
    const pattern = new RegExp(`${name}\\s*=\\s*(["'])(.*?)\\1|<${name}(?:\\s[^>]*)?>([^<]*)</`, 'gs');
    for (const [, , attribute, element] of (xmp ?? '').matchAll(pattern)) {
      const moment = readMoment(attribute ?? element);
      if (moment) return moment;
    }
  }
  return null;
}

/** The first that is there; or a later one that says the same and more (the hour, the zone). */
export function firstMoment(...moments: readonly (Moment | null)[]): Moment | null {
  const known = moments.filter((moment) => moment !== null);
  return known.reduce<Moment | null>(
    (best, moment) => (best === null || moment.written.startsWith(best.written) ? moment : best),
    null,
  );
}

function tidy(value: unknown): string {
  // eslint-disable-next-line no-control-regex -- cameras pad these fields with NUL
  return typeof value === 'string' ? value.replace(/[\u0000-\u001f]+/g, ' ').trim() : '';
}

/** Before the first photograph, or a clock that was never set to anything a camera could mean. */
const [FIRST_YEAR, LAST_YEAR] = [1826, 2200];

function exists(fields: readonly number[]): boolean {
  const [year, month, day, hour, minute, second] = fields as [number, number, number, number, number, number];
  if (year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** `+01:00`, `Z`, or nothing. */
function zoneOf(text: string): string {
  const match = /^([+-])(\d\d):?(\d\d)/.exec(text);
  if (!match) return /^z/i.test(text) ? 'Z' : '';
  return Number(match[2]) > 14 || Number(match[3]) > 59 ? '' : `${match[1]}${match[2]}:${match[3]}`;
}

function minutesOf(zone: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}
