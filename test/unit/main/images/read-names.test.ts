import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { expect, it } from 'vitest';

import { keywordSidecar } from '@main/export/written-content';
import { iptcKeywords, xmpKeywords } from '@main/images/keywords';
import { type NamedPhoto, readNames } from '@main/images/read-names';

it('keywords that Kindred wrote come back, with every sign in them', () => {
  expect(xmpKeywords(keywordSidecar(['Tom & "Jerry" <3', '2024']))).toEqual([['Tom & "Jerry" <3', '2024']]);
});

it('flat keywords of other programs are read, entities and all', () => {
  const xmp =
    '<dc:subject><rdf:Bag><rdf:li>Caf&#233;</rdf:li><rdf:li xml:lang="x">A&amp;B</rdf:li></rdf:Bag></dc:subject>';
  expect(xmpKeywords(xmp)).toEqual([['Café'], ['A&B']]);
  expect(xmpKeywords('no packet')).toEqual([]);
});

it('IPTC keywords are read in either encoding, and damage ends them', () => {
  const set = (text: Buffer): Buffer => Buffer.concat([Buffer.from([0x1c, 2, 25, 0, text.length]), text]);
  const block = Buffer.concat([
    set(Buffer.from('Strand')),
    set(Buffer.from('Köln', 'latin1')),
    set(Buffer.from('Łódź')),
  ]);
  expect(iptcKeywords(block)).toEqual([['Strand'], ['Köln'], ['Łódź']]);
  expect(iptcKeywords(Buffer.from([0x1c, 2, 25, 0xff, 0xff, 1]))).toEqual([]);
});

it('a folder gives names by folder, sidecar and file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-names-'));
  mkdirSync(join(folder, 'Beach', '2024'), { recursive: true });
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } }).jpeg();
  const xmp = keywordSidecar(['Inside']);
  writeFileSync(join(folder, 'Beach', '2024', 'a.jpg'), await picture.toBuffer());
  writeFileSync(join(folder, 'Beach', '2024', 'a.jpg.xmp'), keywordSidecar(['Beach']));
  writeFileSync(join(folder, 'b.jpg'), await picture.clone().withXmp(xmp).toBuffer());
  writeFileSync(join(folder, 'c.jpg'), 'no picture');
  const found: NamedPhoto[] = [];
  for await (const photo of readNames(folder)) found.push(photo);
  rmSync(folder, { recursive: true });
  expect(found).toMatchObject([
    { path: 'Beach/2024/a.jpg', folders: ['Beach', '2024'], keywords: [['Beach']] },
    { path: 'b.jpg', folders: [], keywords: [['Inside']] },
    { path: 'c.jpg', keywords: [] },
  ]);
});
