import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { settleLanguage } from '@renderer/lib/language';
import { pluralIn } from '@renderer/lib/plural';
import { en } from '@renderer/messages';
import { de } from '@renderer/messages.de';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

type Say = (...params: unknown[]) => string;

/** Every text and function of a catalogue by its path, such as `group.health.clear`. */
function wordsByPath(words: unknown, path = ''): [string, string | Say][] {
  if (typeof words === 'string' || typeof words === 'function') return [[path, words as string | Say]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => wordsByPath(value, path === '' ? key : `${path}.${key}`));
}

/** Parameters that can be told apart in the sentence, where they are not plain numbers or names. */
const paramsByPath: Record<string, unknown[]> = {
  offline: [['7001', '7002']],
  'split.outcome': [[7001, 7002]],
  'toast.imported': [{ numPlaced: 7001, numNamed: 7002, numMade: 0, numKept: 7003, numUnknown: 7004 }],
};
const paramsOf = (path: string): unknown[] => paramsByPath[path] ?? [7001, 7002, 7003, 7004];
const placeholders = (text: string): string[] => [...new Set(text.replaceAll(/[.,\s]/g, '').match(/700\d/g))].sort();

const english = new Map(wordsByPath(en));
const german = new Map(wordsByPath(de));

describe('the German words', () => {
  it('say all that the English ones say', () => {
    expect([...english.keys()].filter((path) => !german.has(path))).toEqual([]);
  });

  it('say nothing that the English ones do not', () => {
    expect([...german.keys()].filter((path) => !english.has(path))).toEqual([]);
  });

  it('name the same things in each sentence', () => {
    const named = (say: string | Say | undefined, path: string): string[] =>
      typeof say === 'function' ? placeholders(say(...paramsOf(path))) : [];
    const differ = [...german].filter(
      ([path, say]) => named(say, path).join() !== named(english.get(path), path).join(),
    );
    expect(differ.map(([path]) => path)).toEqual([]);
  });

  it('use the singular for one and the plural for more', () => {
    // These are only ever said of more than one.
    const isOfSeveral = new Set([
      ...['split.aroundChosen', 'photo.stackTitle'],
      ...['pairs.manyTitle', 'pairs.tooMany.together', 'pairs.tooMany.apart'],
    ]);
    const nouns = '(Fotos|Gruppen|Dateien|Bilder|Namen|Korrekturen|Problemdateien)';
    for (const [path, say] of german) {
      if (typeof say !== 'function' || path in paramsByPath || isOfSeveral.has(path)) continue;
      expect(say(1, 1, 1, 1), path).not.toMatch(new RegExp(`(?<![\\d.])1 (\\p{Ll}+ )?${nouns}(?!\\p{L})`, 'u'));
      expect(say(2, 2, 2, 2), path).not.toMatch(
        /(?<![\d.])2 (Foto|Gruppe|Datei|Bild|Korrektur|Problemdatei)(?!\p{L})/u,
      );
    }
  });

  it('leave no sentence in English', () => {
    const text = (say: string | Say | undefined, path: string): string =>
      typeof say === 'function' ? say(...paramsOf(path)) : (say ?? '');
    const same = [...german].filter(([path, say]) => text(say, path) === text(english.get(path), path));
    // Words that are the same in both languages, and signs.
    const alike = /^(|Kindred|Name|System|English|Deutsch|Alt ←|[^a-z]*|F2|I|Esc|[A-Z])$/;
    expect(same.map(([path, say]) => text(say, path)).filter((words) => !alike.test(words))).toEqual([]);
  });
});

describe('the plural', () => {
  it('takes the form of the language, with the number in it', () => {
    expect(pluralIn('de')(1, { one: '# Foto', other: '# Fotos' })).toBe('1 Foto');
    expect(pluralIn('de')(0, { one: '# Foto', other: '# Fotos' })).toBe('0 Fotos');
    expect(pluralIn('de')(0, { zero: 'keine Fotos', one: '# Foto', other: '# Fotos' })).toBe('keine Fotos');
  });
});

describe('the language', () => {
  it('is the first one of the person that there are words for, with the dates of their country', () => {
    expect(settleLanguage('system', ['fr-FR', 'de-AT', 'en-GB'])).toEqual(['de', 'de-AT']);
    expect(settleLanguage('system', ['en-GB', 'de'])).toEqual(['en', 'en-GB']);
    expect(settleLanguage('system', ['fr'])).toEqual(['en', 'en']);
  });

  it('is the chosen one where there is a choice', () => {
    expect(settleLanguage('de', ['en-US'])).toEqual(['de', 'de']);
    expect(settleLanguage('en', ['de-DE', 'en-AU'])).toEqual(['en', 'en-AU']);
  });
});

describe('the components', () => {
  const root = 'src/renderer/src';
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
  const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label']);

  it.each(files)('%s takes its words from the catalogue', (file) => {
    const found: string[] = [];
    const texts = (value: unknown): string[] =>
      Array.isArray(value)
        ? value.flatMap(texts)
        : typeof value === 'object' && value !== null && 'type' in value && value.type === 'Text' && 'data' in value
          ? [String(value.data)]
          : [];
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(walk);
      if (typeof node !== 'object' || node === null) return;
      const { type, name, value } = node as { type?: string; name?: string; value?: unknown };
      if (type === 'Attribute') {
        if (spoken.has(name ?? '')) found.push(...texts(value));
        return;
      }
      if (type === 'StyleDirective') return;
      if (type === 'Text') found.push(...texts([node]));
      Object.values(node).forEach(walk);
    };
    walk(parse(readFileSync(join(root, file), 'utf8'), { modern: true }).fragment);
    // Keys are named as most keyboards are printed.
    const withoutKeys = found.map((text) => text.replaceAll(/\b(Enter|Space|Del|Esc|Shift|Ctrl)\b/g, ''));
    expect(withoutKeys.filter((text) => /\p{L}{2,}/u.test(text))).toEqual([]);
  });
});
