import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { translator } from '@renderer/lib/host-words';
import { hostDe } from '@renderer/host-words.de';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const german = translator(hostDe, {
  photos: (count) => (count === 1 ? '1 Foto' : `${count} Fotos`),
  unnamed: 'eine unbenannte Gruppe',
  unnamedDative: 'einer unbenannten Gruppe',
  quote: (name) => `„${name}“`,
});

describe('a sentence of the host', () => {
  it.each([
    ['Moved 1,204 photos to “Dogs”', '1204 Fotos in „Dogs“ verschoben'],
    ['Removed 1 photo from an unnamed group', '1 Foto aus einer unbenannten Gruppe genommen'],
    ['Merged an unnamed group into “A” “B”', 'eine unbenannte Gruppe mit „A” “B“ zusammengeführt'],
    ['Took back: Renamed “Dogs” to “Puppies”', 'Zurückgenommen: „Dogs“ in „Puppies“ umbenannt'],
    ['Answered “no”: 3 photos taken out of a group', 'Mit „Nein“ geantwortet: 3 Fotos aus einer Gruppe genommen'],
  ])('“%s” is said in German', (english, said) => {
    expect(german(english)).toBe(said);
  });

  it('that is not known stays as it is', () => {
    expect(german('A sentence that nobody wrote.')).toBeNull();
  });

  it('has its German pattern wherever the window can show it', () => {
    const files = readdirSync('src/main', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !/^(commands|web|electron|scan|store.migrations)\b/.test(file),
    );
    const sentences = files.flatMap((file) => sentencesIn(join('src/main', file)));
    expect(sentences.length).toBeGreaterThan(80);
    const missing = sentences.filter((sentence) => german(sentence) === null && !onlyInTerminals.test(sentence));
    expect([...new Set(missing)]).toEqual([]);
  });
});

/** Sentences of the command line, and a network that somebody describes by hand. */
const onlyInTerminals = /--library|trunk\.json|^This network|comes with the program|^the network/;

/** The sentences for people in a source file: errors, what the journal keeps, what a run found. Expressions become samples. */
function sentencesIn(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const name = node.expression.getText();
      const position = { AppError: 1, PhotoError: 1, DestinationError: 0 }[name];
      if (position !== undefined) found.push(...samples(node.arguments?.[position]));
    } else if (ts.isCallExpression(node) && /(^|\.)(record|choose|find)$/.test(node.expression.getText())) {
      found.push(...samples(node.arguments[0]), ...samples(node.arguments[1]));
    } else if (ts.isVariableDeclaration(node) && node.name.getText() === 'label') {
      found.push(...samples(node.initializer));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // A word by itself is a name or a key, and what has no word of its own is put together elsewhere.
  return found.filter((text) => /\s/.test(text) && /\p{L}/u.test(text));
}

function samples(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...samples(node.whenTrue), ...samples(node.whenFalse)];
  if (!ts.isTemplateExpression(node)) return [];
  return node.templateSpans.reduce<string[]>(
    (texts, span) =>
      texts.flatMap((text) => valuesOf(span.expression).map((value) => text + value + span.literal.text)),
    [node.head.text],
  );
}

function valuesOf(expression: ts.Expression): string[] {
  const text = expression.getText();
  const own = samples(expression);
  if (own.length > 0) return own;
  if (text === 'said') return ['Answered “yes”', 'Answered “no”'];
  if (text === 'count') return ['3 photos follow'];
  if (/^(photos|count)\(/.test(text)) return ['3 photos', '1 photo'];
  if (/^quoted\(/.test(text)) return ['“Dogs”', 'an unnamed group'];
  if (/groupsOf\(/.test(text)) return ['“Dogs”', 'their groups'];
  if (text.startsWith('numberOf(')) return ['1 group', '7 groups'];
  return ['7'];
}
