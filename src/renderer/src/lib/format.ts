import { locale } from './language';

/** @file Numbers, sizes, times and dates in the person's locale. */

const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const wallClock = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

export const formatNumber = (value: number): string => integer.format(value);
export const formatDecimal = (value: number): string => oneDecimal.format(value);
export const formatPercent = (share: number): string => percent.format(share);

/** «4.2 MB», in powers of 1,000 as file managers show them. */
export function formatBytes(sizeBytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = sizeBytes;
  let unitIndex = 0;
  while (value >= 999.5 && unitIndex < units.length - 1) {
    value /= 1000;
    unitIndex++;
  }
  const text = unitIndex === 0 || value >= 100 ? integer.format(value) : oneDecimal.format(value);
  return `${text} ${units[unitIndex]}`;
}

/** «40 s», «3 min», «1 h 20 min». */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return '< 1 s';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** «Jun 2019 – Aug 2021», or one month when both are in it. Takes ISO dates; null where there is none. */
export function formatSpan(first: string | null, last: string | null): string | null {
  const from = parse(first);
  const to = parse(last) ?? from;
  if (!from || !to) return null;
  return month.formatRange(from, to);
}

/** A moment in this computer's time zone. */
export function formatDateTime(iso: string): string {
  const date = parse(iso);
  return date ? dateTime.format(date) : iso;
}

/** A camera's wall-clock time, as the camera showed it: the offset is left aside on purpose. */
export function formatTakenAt(iso: string): string {
  const wall = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(iso);
  if (!wall) return iso;
  const date = parse(`${wall[1]}T${wall[2] ?? '00:00'}:00Z`);
  return date ? wallClock.format(date) : iso;
}

/** «3 minutes ago», «yesterday»; `nowMs` is a parameter so that a test can fix it. */
export function formatAgo(iso: string, nowMs = Date.now()): string {
  const date = parse(iso);
  if (!date) return iso;
  const seconds = (date.getTime() - nowMs) / 1000;
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, 'second');
}

function parse(iso: string | null): Date | null {
  if (!iso) return null;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
}
