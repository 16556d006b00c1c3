import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('the documentation', () => {
  it.each(pages)('%s names only files that are there', (page) => {
    const text = readFileSync(page, 'utf8');
    const named = [...text.matchAll(/`((?:src|test|bench|scripts|resources|docs)\/[\w./-]+)`/g)].map(
      (match) => match[1]!,
    );
    const linked = [...text.matchAll(/\]\(((?!https?:|#)[^)]+)\)/g)].map((match) =>
      join(page, '..', match[1]!.split('#')[0]!),
    );
    expect([...named, ...linked].filter((path) => !existsSync(path))).toEqual([]);
  });
});
