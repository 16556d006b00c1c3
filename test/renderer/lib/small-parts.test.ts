import { describe, expect, it } from 'vitest';

import { makeScales, upperEnvelope } from '@renderer/components/pipeline/curve-scales';
import { formatBytes, formatSeconds, formatSpan, formatTakenAt } from '@renderer/lib/format';
import { pluralIn } from '@renderer/lib/plural';
import { crumbsOf } from '@renderer/lib/state/folder-browser.svelte';
import { hashOf, parseRoute } from '@renderer/lib/state/router.svelte';
import { socketUrl, takeToken } from '@renderer/lib/transport/token';
import { t } from '@renderer/messages';

import { groupId } from '../helpers/fake-library';

describe('plain numbers', () => {
  it('have the right form for one, none and many', () => {
    const plural = pluralIn('en');
    expect(plural(1, { one: '# photo', other: '# photos' })).toBe('1 photo');
    expect(plural(1204, { one: '# photo', other: '# photos' })).toBe('1,204 photos');
    expect(plural(0, { zero: 'no photos', one: '# photo', other: '# photos' })).toBe('no photos');
    expect(t.summary(1204, 11, 37)).toBe('1,204 photos in 11 groups, 37 not sure');
    expect(t.summary(1, 1, 0)).toBe('1 photo in 1 group');
  });

  it('have units a person reads', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(4_211_034)).toBe('4.2 MB');
    expect(formatBytes(999_999)).toBe('1 MB');
    expect(formatSeconds(42.4)).toBe('42 s');
    expect(formatSeconds(4800)).toBe('1 h 20 min');
  });

  it('have dates that follow the camera, not this computer', () => {
    expect(formatTakenAt('2021-08-14T18:21:07+03:00')).toContain('6:21');
    expect(formatTakenAt('nonsense')).toBe('nonsense');
    expect(formatSpan(null, null)).toBeNull();
    expect(formatSpan('2019-06-02', '2019-06-20')).toBe('Jun 2019');
  });
});

describe('addresses', () => {
  it('of views survive a round trip', () => {
    const routes = [
      { name: 'groups' },
      { name: 'group', groupId: groupId(3) },
      { name: 'tray', tray: 'unsure' },
      { name: 'problems' },
      { name: 'exports' },
    ] as const;
    for (const route of routes) expect(parseRoute(hashOf(route))).toEqual(route);
    expect(parseRoute('#/group/not-an-id')).toEqual({ name: 'groups' });
  });

  it('lose their token, which is kept for the tab', () => {
    for (const address of ['http://127.0.0.1:4000/?token=abc', 'http://127.0.0.1:4000/#token=abc']) {
      sessionStorage.clear();
      let shown = '';
      const history = { replaceState: (_data: unknown, _title: string, url: string) => (shown = url) };
      expect(takeToken(new URL(address) as never, history as never, sessionStorage)).toBe('abc');
      expect(shown).toBe('http://127.0.0.1:4000/');
      expect(takeToken(new URL(shown) as never, history as never, sessionStorage)).toBe('abc');
    }
  });

  it('of the socket stay on the host of the page', () => {
    const page = new URL('https://nas.local/x') as never;
    expect(socketUrl(page, 'a b')).toBe('wss://nas.local/socket?token=a+b');
  });

  it('of folders split on either system', () => {
    expect(crumbsOf('/home/ada').map(({ path }) => path)).toEqual(['/', '/home', '/home/ada']);
    expect(crumbsOf('C:\\Users\\Ada').map(({ path }) => path)).toEqual(['C:\\', 'C:\\Users', 'C:\\Users\\Ada']);
  });
});

describe('the scales of the curve', () => {
  it('hold every point, even a single or a negative one', () => {
    const frame = { width: 600, height: 200, left: 40, right: 10, top: 10, bottom: 30 };
    for (const values of [[0.4], [-0.05, 0.2], [0, 0], [0.79, 0.8]]) {
      const points = values.map((score, index) => ({
        name: '',
        numGroups: 2 + index * 7,
        score,
        agreement: null,
        isChosen: false,
      }));
      const scales = makeScales(points, frame);
      for (const point of points) {
        expect(scales.x(point.numGroups)).toBeGreaterThanOrEqual(40);
        expect(scales.x(point.numGroups)).toBeLessThanOrEqual(590);
        expect(scales.y(point.score)).toBeGreaterThanOrEqual(10);
        expect(scales.y(point.score)).toBeLessThanOrEqual(170);
      }
    }
  });

  it('run the line through the best of each number of groups', () => {
    const point = (numGroups: number, score: number) => ({
      name: '',
      numGroups,
      score,
      agreement: null,
      isChosen: false,
    });
    const line = upperEnvelope([point(9, 0.7), point(4, 0.5), point(9, 0.8)]);
    expect(line.map(({ numGroups, score }) => [numGroups, score])).toEqual([
      [4, 0.5],
      [9, 0.8],
    ]);
  });
});
