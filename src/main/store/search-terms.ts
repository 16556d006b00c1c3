/** @file Reads what a person types to find photos: words, and dates as people write them. */

/** One thing that a photo has to match: its words, or its date. */
export interface SearchTerm {
  /** All of them occur in the photo's path and camera, or in its group's name; folded. */
  words: string[];
  /** How the date begins, «2023-05»; null where it is no date. */
  datePrefix: string | null;
  /** The month of any year, «05»; null where it is none. */
  month: string | null;
}

/** «2023», «2023-05», «2023-05-14», also with dots or slashes, and the day first. */
const YEAR_FIRST = /^((?:19|20)\d\d)(?:[-./](\d{1,2}))?(?:[-./](\d{1,2}))?$/;
const DAY_FIRST = /^(?:(\d{1,2})[-./])?(\d{1,2})[-./]((?:19|20)\d\d)$/;
const YEAR = /^(?:19|20)\d\d$/;
const DAY = /^(\d{1,2})(?:st|nd|rd|th|\.|,)?$/;

/** What a person typed, a term for each thing that has to hold. */
export function parseSearch(text: string, locale?: string): SearchTerm[] {
  const months = monthNames(locale);
  const words = fold(text).split(/\s+/).filter(Boolean);
  const terms: SearchTerm[] = [];
  for (let at = 0; at < words.length;) {
    const spoken = spokenDate(words.slice(at, at + 3), months);
    terms.push(spoken ?? { words: [words[at]!], datePrefix: numericDate(words[at]!), month: null });
    at += spoken?.words.length ?? 1;
  }
  return terms;
}

/** Lower case, without accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function numericDate(word: string): string | null {
  const [, year, month, day] = YEAR_FIRST.exec(word) ?? [];
  if (year) return joinDate(year, month, day);
  const [, first, second, lastYear] = DAY_FIRST.exec(word) ?? [];
  return lastYear ? joinDate(lastYear, second, first) : null;
}

/** «May 2023», «14 May 2023», «May 14, 2023», «2023 May», «May». */
function spokenDate(words: readonly string[], months: ReadonlyMap<string, string>): SearchTerm | null {
  for (let count = words.length; count > 0; count--) {
    const used = words.slice(0, count);
    const named = used.filter((word) => months.has(word.replace(/[.,]$/, '')));
    const years = used.filter((word) => YEAR.test(word));
    const days = used.filter((word) => DAY.test(word) && !YEAR.test(word));
    if (named.length !== 1 || years.length > 1 || days.length > years.length) continue;
    if (named.length + years.length + days.length !== count) continue;
    const month = months.get(named[0]!.replace(/[.,]$/, ''))!;
    const day = days[0] && DAY.exec(days[0])![1];
    const datePrefix = years[0] ? joinDate(years[0], month, day) : null;
    return { words: [...used], datePrefix, month: datePrefix ? null : month };
  }
  return null;
}

function joinDate(year: string, month?: string, day?: string): string | null {
  if (month && (Number(month) < 1 || Number(month) > 12)) return null;
  if (day && (Number(day) < 1 || Number(day) > 31)) return null;
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
}

/** The months' names, long and short, in English and in the person's language. */
function monthNames(locale?: string): Map<string, string> {
  const numberByName = new Map<string, string>();
  for (const language of ['en', locale]) {
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
      for (let month = 0; month < 12; month++) {
        const name = fold(format.format(Date.UTC(2020, month, 15))).replace(/\.$/, '');
        if (!/^\d/.test(name)) numberByName.set(name, String(month + 1).padStart(2, '0'));
      }
    }
  }
  return numberByName;
}
