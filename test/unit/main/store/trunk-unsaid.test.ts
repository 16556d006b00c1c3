import { join } from 'node:path';

import { expect, it } from 'vitest';

import { allMigrations } from '@main/store/migrations/all-migrations';
import { openDatabase } from '@main/store/open-database';
import { openStore } from '@main/store/store';
import { RunOptions } from '@shared/model/run';

import { temporaryFolder } from '../../../helpers/temporary-folder';

it('leaves a library its trunk that was made before trunks were chosen by the photos', () => {
  const file = join(temporaryFolder(), 'library.sqlite');
  const old = openDatabase(file, allMigrations.slice(0, 14));
  old.exec(`INSERT INTO library (id, uuid, seed, created_at) VALUES (1, 'u', 1, '')`);
  old.close();
  const store = openStore(file);
  expect(store.library.trunk).toBe('efficientnet-lite0');
  store.close();
});

it('settles the trunk of a run that was told none, so that it is taken up again when asked for with it', () => {
  const store = openStore(join(temporaryFolder(), 'library.sqlite'));
  expect(store.library.trunk).toBeNull();
  const asked = RunOptions.parse({ seed: 3, detail: 1e-6 });
  const runId = store.runs.create(asked);
  expect(store.runs.report(runId).trunk).toBe('');
  store.runs.setTrunk(runId, 'some-trunk');
  expect(store.runs.options(runId)).toEqual({ ...asked, trunk: 'some-trunk' });
  expect(store.runs.report(runId).trunk).toBe('some-trunk');
  expect(store.runs.unfinished({ ...asked, trunk: 'some-trunk' })).toBe(runId);
  expect(store.runs.unfinished(asked)).toBeNull();
  store.close();
});
