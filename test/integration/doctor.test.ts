import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

import { expect, it } from 'vitest';
import { z } from 'zod';

import { listEngines } from '@main/scan/engine/engine';
import { EngineChoice } from '@shared/model/run';

import { cliScript, kindredJson, runKindred } from '../helpers/run-kindred';
import { temporaryFolder } from '../helpers/temporary-folder';
// Chromium's software driver counts as a GPU where there is none; the program is started with the same settings.
import '../unit/main/scan/engines';

const EngineNames = EngineChoice.exclude(['auto']);
const DoctorJson = z.object({
  engine: z.object({ name: EngineNames, gflops: z.number() }),
  engines: z.array(z.object({ name: EngineNames, available: z.boolean(), why: z.string() })),
});

it('has the same engines when built as it has from its source', async () => {
  const { engine, engines } = await kindredJson(DoctorJson, ['doctor'], temporaryFolder());
  expect(engines.map(({ name }) => name)).toEqual(EngineNames.options);
  expect(engines).toEqual(await listEngines());
  expect(engine.name).toBe(engines.find(({ available }) => available)!.name);
  expect(engine.gflops).toBeGreaterThan(0);
});

it('keeps what native libraries write as they load off the terminal', async () => {
  const { code, stdout, stderr } = await runKindred(['doctor'], temporaryFolder());
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Engine:');
});

it('lets no library keep a record of its use in the home folder', () => {
  const home = temporaryFolder();
  const env: NodeJS.ProcessEnv = { ...process.env, KINDRED_DATA_DIR: temporaryFolder() };
  for (const name of ['HOME', 'USERPROFILE', 'LOCALAPPDATA', 'XDG_CACHE_HOME']) env[name] = home;
  // ONNX Runtime keeps no record on a machine that says it is one for tests.
  for (const name of ['CI', 'GITHUB_ACTIONS']) delete env[name];
  execFileSync(process.execPath, [cliScript, 'doctor', '--json'], { env, stdio: 'ignore' });
  const kept = readdirSync(home, { recursive: true, encoding: 'utf8' });
  expect(kept.filter((path) => /onnx|deviceid|telemetry/i.test(path))).toEqual([]);
});
