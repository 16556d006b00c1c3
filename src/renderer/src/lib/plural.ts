import { formatNumber } from './format';

const rules = new Intl.PluralRules('en');

/** Picks the form for a count and puts the number, written for the person's locale, in place of `#`. */
export function plural(count: number, forms: { zero?: string; one: string; other: string }): string {
  if (count === 0 && forms.zero !== undefined) return forms.zero;
  const form = rules.select(count) === 'one' ? forms.one : forms.other;
  return form.replaceAll('#', formatNumber(count));
}
