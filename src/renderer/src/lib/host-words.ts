import { hostDe } from '../host-words.de';
import { language } from './language';
import { t } from '../messages';

/**
 * [Note: Sentences of the host] The host writes its sentences in English. They go into the log and the journal, where they stay for
 * years, and to scripts. The window says them in the person's language by their pattern, so that sentences that were written by
 * an older version are translated too. A sentence without a pattern stays English, and a test lists it.
 */
export type Translate = (sentence: string) => string | null;

interface Pattern {
  expression: RegExp;
  names: string[];
  translation: string;
}

/** What a translation needs to say photos and groups its own way. */
interface Nouns {
  photos: (count: number) => string;
  unnamed: string;
  unnamedDative: string;
  quote: (name: string) => string;
}

/** Reads the patterns once. The translation is null where no pattern fits. */
export function translator(patterns: Readonly<Record<string, string>>, nouns: Nouns): Translate {
  const read = Object.entries(patterns).map(([english, translation]) => readPattern(english, translation));
  const translate: Translate = (sentence) => {
    for (const { expression, names, translation } of read) {
      const match = expression.exec(sentence);
      if (!match) continue;
      const values = new Map(names.map((name, index) => [name, match[index + 1]!]));
      return translation.replaceAll(/\{([\w.]+)\}/g, (_, name: string) => say(name, values));
    }
    return null;
  };
  const say = (name: string, values: ReadonlyMap<string, string>): string => {
    const isDative = name.endsWith('.dative');
    const key = isDative ? name.slice(0, -'.dative'.length) : name;
    const value = values.get(key) ?? '';
    if (key === 'photos') return nouns.photos(Number(value.replaceAll(/\D/g, '')));
    if (key === 'sentence') return translate(value) ?? value;
    if (!/(^|\.)group$/.test(key)) return value;
    if (!value.startsWith('“')) return isDative ? nouns.unnamedDative : nouns.unnamed;
    return nouns.quote(value.slice(1, -1));
  };
  return translate;
}

function readPattern(english: string, translation: string): Pattern {
  const names: string[] = [];
  const source = english
    .split(/(\{[\w.]+\})/)
    .map((part) => {
      const name = /^\{([\w.]+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name);
      if (name === 'photos') return '([\\d,]+ photos?)';
      return /(^|\.)group$/.test(name) ? '(“.*”|an unnamed group)' : '(.+?)';
    })
    .join('');
  return { expression: new RegExp(`^${source}$`, 's'), names, translation };
}

const german = translator(hostDe, {
  photos: (count) => t.photos(count),
  unnamed: 'eine unbenannte Gruppe',
  unnamedDative: 'einer unbenannten Gruppe',
  quote: (name) => `„${name}“`,
});

/** A sentence of the host in the person's language ([Note: Sentences of the host]). */
export function inWords(sentence: string): string {
  return language === 'de' ? (german(sentence) ?? sentence) : sentence;
}
