import { join } from 'node:path';

import { expect, it } from 'vitest';

import { nodeBinary } from '@main/electron/node-binary';

const places = { resourcesPath: '/opt/Kindred/resources', appPath: '/checkout', platform: 'linux' } as const;

it('is the Node beside an installed program, whatever the environment says', () => {
  expect(nodeBinary({ ...places, isPackaged: true, given: '/evil' })).toBe(
    join('/opt/Kindred/resources', 'node', 'bin', 'node'),
  );
  expect(nodeBinary({ ...places, isPackaged: true, platform: 'win32' })).toBe(
    join('/opt/Kindred/resources', 'node', 'node.exe'),
  );
});

it("is the checkout's own, or the one its scripts run on", () => {
  expect(nodeBinary({ ...places, isPackaged: false })).toBe(join('/checkout', 'node_modules', 'node', 'bin', 'node'));
  expect(nodeBinary({ ...places, isPackaged: false, given: '/node' })).toBe('/node');
});
