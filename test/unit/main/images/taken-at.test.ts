import { describe, expect, it } from 'vitest';

import { readMetadata } from '@main/images/photo-metadata';
import { firstMoment, readMoment, readXmpMoment } from '@main/images/taken-at';

/** What is written, and the date it means; null: none. */
const forms: [string, string | null][] = [
  ['2015:02:01 14:42:59', '2015-02-01T14:42:59'],
  ['2015:02:01 14:42:59+01:00', '2015-02-01T14:42:59+01:00'],
  ['2015:02:01 14:42:59 +0000', '2015-02-01T14:42:59+00:00'],
  ['2015-02-01 14:42:59', '2015-02-01T14:42:59'],
  ['2015/02/01 14:42:59', '2015-02-01T14:42:59'],
  ['2015-02-01T14:42:59Z', '2015-02-01T14:42:59Z'],
  ['2015-02-01T14:42:59.250-08:00', '2015-02-01T14:42:59-08:00'],
  ['2015:02:01 14:42', '2015-02-01T14:42:00'],
  ['2015:02:01', '2015-02-01T00:00:00'],
  ['2015:02:01 14:42:59\0', '2015-02-01T14:42:59'],
  ['2015:02:01 14:42:59   ', '2015-02-01T14:42:59'],
  ['2015: 2: 1  4: 2: 9', '2015-02-01T04:02:09'],
  ['2015:2:1 4:02:09', '2015-02-01T04:02:09'],
  ['1965-07', '1965-07-01T00:00:00'],
  ['1965', '1965-01-01T00:00:00'],
  ['2016:02:29 00:00:00', '2016-02-29T00:00:00'],
  ['2015:02:29 00:00:00', null],
  ['2015:02:30 10:00:00', null],
  ['0000:00:00 00:00:00', null],
  ['2019:00:00 00:00:00', null],
  ['2019:00:00', null],
  ['2019:13:01 10:00:00', null],
  ['2019:12:31 24:00:00', null],
  ['2019:12:31 10:60:00', null],
  ['0024:05:06 10:00:00', null],
  ['24:05:06 10:00:00', null],
  ['0001:01:01 00:00:00', null],
  ['    :  :     :  :  ', null],
  ['', null],
];

describe('dates', () => {
  it.each(forms)('reads “%s” as %s', (written, meant) => {
    expect(readMoment(written)?.takenAt ?? null).toBe(meant);
  });

  it('takes the zone and the fraction of other fields, whatever the zone of the machine', () => {
    const moment = readMoment('2015:12:31 23:30:00', '-0800', '25 ');
    expect(moment).toMatchObject({ takenAt: '2015-12-31T23:30:00-08:00' });
    expect(new Date(moment!.takenAtMs).toISOString()).toBe('2016-01-01T07:30:00.250Z');
  });

  it.each([
    `<x exif:DateTimeOriginal = '1965-07' />`,
    `<x exif:DateTimeOriginal="1965-07-01"/>`,
    `<exif:DateTimeOriginal> 1965-07-01T00:00 </exif:DateTimeOriginal>`,
  ])('finds the date in %s', (xmp) => {
    expect(readXmpMoment(xmp, ['exif:DateTimeOriginal'])?.takenAt).toBe('1965-07-01T00:00:00');
  });

  it('takes the date of the picture, not that of its scan, whichever comes first in the text', () => {
    const xmp = `<x xmp:CreateDate="2021-03-04T10:00:00" photoshop:DateCreated='1965-07-08'/>`;
    const exif = { Photo: { DigitizedText: '2021:03:04 10:00:00' } };
    expect(readMetadata(exif, xmp).takenAt).toBe('1965-07-08T00:00:00');
  });

  it('falls back on the next date where one does not exist', () => {
    const exif = { Photo: { OriginalText: '0000:00:00 00:00:00', DigitizedText: '2012:05:06 07:08:09' } };
    expect(readMetadata(exif).takenAt).toBe('2012-05-06T07:08:09');
    expect(
      readMetadata({ Photo: { OriginalText: '2015:02:30 01:02:03' } }, `<a xmp:CreateDate="2015-03-02"/>`).takenAt,
    ).toBe('2015-03-02T00:00:00');
  });

  it('prefers what says the same and more', () => {
    expect(firstMoment(readMoment('2015-02-01'), readMoment('2015:02:01 14:42:59', '+01:00'))?.takenAt).toBe(
      '2015-02-01T14:42:59+01:00',
    );
    expect(firstMoment(readMoment('2015-02-01'), readMoment('2016:02:01 14:42:59'))?.takenAt).toBe(
      '2015-02-01T00:00:00',
    );
  });
});
