import { describe, expect, it } from 'vitest';

import { endingOf, matchCompanions } from '@main/images/companion-names';

const LONG = 'Schloss Neuschwanstein im Winter von der Marienbrücke';

describe('whose companion a file is', () => {
  it.each([
    ['in full', 'X.jpg', 'X.jpg.xmp'],
    ['without the extension', 'X.jpg', 'X.xmp'],
    ['a RAW', 'X.jpg', 'X.CR2'],
    ['a clip', 'X.jpg', 'x.MOV'],
    ['Takeout, as it was', 'X.jpg', 'X.jpg.json'],
    ['Takeout, as it is', 'X.jpg', 'X.jpg.supplemental-metadata.json'],
    ['Takeout, cut', 'X.jpg', 'X.jpg.supplemental-met.json'],
    ['Takeout, cut to a dot', 'X.jpg', 'X.jpg..json'],
    ['Takeout, numbered', 'X(1).jpg', 'X.jpg(1).json'],
    ['Takeout, numbered after a cut', 'X(12).jpg', 'X.jpg.supplemental-met(12).json'],
    ['Takeout, cut in the name of the photo', `${LONG.slice(0, 47)}.jpg`, `${LONG.slice(0, 46)}.json`],
    ['darktable’s second development', 'X.jpg', 'X_01.jpg.xmp'],
    ['composed letters beside decomposed ones', 'Käfer.jpg'.normalize('NFD'), 'Käfer.jpg.xmp'.normalize('NFC')],
    ['a file without an extension', 'X', 'X.xmp'],
  ])('%s', (_, photo, companion) => {
    expect(matchCompanions([photo, companion, 'Y.jpg']).of(photo)).toEqual([companion]);
  });

  it.each([
    ['of a photo with another number', 'X(2).jpg', 'X.jpg(1).json'],
    ['of a longer name', 'X.jpg', 'XY.jpg.xmp'],
    ['of a photo of another kind', 'X.jpg', 'X.png.xmp'],
    ['of another kind', 'X.jpg', 'X.txt'],
    ['of the folder', 'X.jpg', 'metadata.json'],
  ])('not one %s', (_, photo, companion) => {
    expect(matchCompanions([photo, companion]).of(photo)).toEqual([]);
  });

  it('is the photo that is spelled alike, and the fullest name', () => {
    const names = [
      'a.jpg',
      'A.jpg',
      'a.jpg.xmp',
      'A.jpg.xmp',
      'A.AAE',
      'X.jpg',
      'X_01.jpg',
      'X_01.jpg.xmp',
      'X.jpg.xmp',
    ];
    const { of } = matchCompanions(names);
    expect(of('a.jpg')).toEqual(['a.jpg.xmp']);
    expect(of('A.jpg')).toEqual(['A.AAE', 'A.jpg.xmp']);
    expect(of('X.jpg')).toEqual(['X.jpg.xmp']);
    expect(of('X_01.jpg')).toEqual(['X_01.jpg.xmp']);
  });

  it('has an ending that the photo’s new name can be put before', () => {
    expect(endingOf('Käfer.jpg'.normalize('NFD'), 'KÄFER.jpg.xmp')).toBe('.jpg.xmp');
    expect(endingOf('X.jpg', 'X_01.jpg.xmp')).toBe('_01.jpg.xmp');
    expect(endingOf('X(1).jpg', 'X.jpg(1).json')).toBeNull();
  });
});
