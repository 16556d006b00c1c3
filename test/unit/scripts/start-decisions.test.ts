import { expect, it } from 'vitest';

import { isWhole, judgeEnd, whyNoWindow, whyNotFetched } from '../../../scripts/start-decisions.mjs';

it.each([
  ['linux', {}, 1000, 'there is no screen here'],
  ['linux', { DISPLAY: ':0' }, 1000, null],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
  ['linux', { DISPLAY: ':0' }, 0, 'root'],
  ['darwin', {}, 0, null],
  ['win32', {}, undefined, null],
])('on %s with %j as %s', (platform, env, uid, why) => {
  const said = whyNoWindow({ platform, env, uid });
  if (why === null) expect(said).toBeNull();
  else expect(said).toContain(why);
});

it.each([
  [{ code: 0, ms: 100 }, 'ended'],
  [{ code: 1, ms: 300 }, 'refused'],
  [{ code: null, ms: 300 }, 'refused'],
  [{ code: 2, ms: 300 }, 'ended'],
  [{ code: 1, ms: 60_000 }, 'ended'],
])('judges %j as %s', (end, judged) => expect(judgeEnd(end)).toBe(judged));

it('takes an Electron that is half there for missing', () => {
  const whole = { hasBinary: true, version: 'v45.4.1\n', hasPath: true };
  expect(isWhole(whole, '45.4.1')).toBe(true);
  expect(isWhole({ ...whole, hasBinary: false }, '45.4.1')).toBe(false);
  expect(isWhole({ ...whole, version: null }, '45.4.1')).toBe(false);
  expect(isWhole({ ...whole, hasPath: false }, '45.4.1')).toBe(false);
  expect(isWhole(whole, '46.0.0')).toBe(false);
});

it('says in one line why Electron could not be fetched', () => {
  const end = { code: 1, signal: null, said: '', isLate: false };
  expect(whyNotFetched({ ...end, said: 'x\nRequestError: getaddrinfo ENOTFOUND example\n  at y' })).toBe(
    'it could not be fetched (RequestError: getaddrinfo ENOTFOUND example)',
  );
  expect(whyNotFetched({ ...end, isLate: true, signal: 'SIGTERM' })).toContain('ten minutes');
  expect(whyNotFetched({ ...end, signal: 'SIGTERM' })).toContain('stopped');
  expect(whyNotFetched(end)).toContain('exit code 1');
});
