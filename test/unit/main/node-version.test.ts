import { expect, it } from 'vitest';

import { nodeProblem } from '@main/node-version';

it('names the Node that is too old, and what to do', () => {
  expect(nodeProblem('20.19.2')).toMatch(/needs Node 22 or newer and this is Node 20\.19\.2.*npm start/);
  expect(nodeProblem('22.0.0')).toBeNull();
});
