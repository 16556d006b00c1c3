/** @file The language of the words on screen, and the locale of numbers and dates. */

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
export type LanguageChoice = Language | 'system';
const KEY = 'kindred.language';

/** What the person chose in the menu, kept for this device. */
export function languageChoice(): LanguageChoice {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY);
  return languages.find((known) => known === stored) ?? 'system';
}

/** Keeps the choice. The words change when the window is loaded again. */
export function chooseLanguage(choice: LanguageChoice): void {
  localStorage.setItem(KEY, choice);
}

/**
 * The language and locale for a choice and the locales that the person prefers, best first. Without a choice it is the first
 * language there are words for. The locale is the person's own for that language (`de-AT`), so that dates look as usual.
 */
export function settleLanguage(choice: LanguageChoice, preferred: readonly string[]): [Language, string] {
  const baseOf = (locale: string): string => locale.toLowerCase().split('-')[0]!;
  const known = (locale: string): Language | undefined => languages.find((each) => each === baseOf(locale));
  const settled = choice === 'system' ? (preferred.map(known).find((each) => each !== undefined) ?? 'en') : choice;
  return [settled, preferred.find((locale) => baseOf(locale) === settled) ?? settled];
}

export const [language, locale] = settleLanguage(
  languageChoice(),
  typeof navigator === 'undefined' ? [] : (navigator.languages ?? []),
);
