import { formatNumber } from './format';
import type { Language } from './language';

/** One text for each form of the plural that a language has, and if it helps another for none at all. `#` is the number. */
export type PluralForms = Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>> & { other: string };

/** Picks the form for a count by the rules of a language, and puts the number, written for the person's locale, in place of `#`. */
export function pluralIn(language: Language): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => {
    const form = count === 0 && forms.zero !== undefined ? forms.zero : forms[rules.select(count)];
    return (form ?? forms.other).replaceAll('#', formatNumber(count));
  };
}
