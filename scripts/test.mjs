/** @file `npm test`: every check and every test, one after the other, then one line that counts passed, failed and skipped. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { buildIfStale, root } from './build-if-stale.mjs';

const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const count = { passed: 0, failed: 0, skipped: 0 };
const skipReasons = new Set();

function run(name, command, args, env = {}) {
  process.stdout.write(`\n— ${name}\n`);
  const startedMs = performance.now();
  const result = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  process.stdout.write(
    `— ${name}: ${result.status === 0 ? 'ok' : 'FAILED'}, ${((performance.now() - startedMs) / 1000).toFixed(0)} s\n`,
  );
  return result.status === 0;
}

function check(name, command, args) {
  if (run(name, command, args)) count.passed += 1;
  else count.failed += 1;
}

/** Vitest's and Playwright's own counts; a runner that died before it wrote them counts as one failure. */
function suite(name, command, args, file, read, env) {
  const isOk = run(name, command, args, env);
  if (!existsSync(file)) {
    count.failed += 1;
    return;
  }
  const counted = read(JSON.parse(readFileSync(file, 'utf8')));
  for (const key of ['passed', 'failed', 'skipped']) count[key] += counted[key];
  for (const reason of counted.reasons) skipReasons.add(reason);
  if (!isOk && counted.failed === 0) count.failed += 1;
}

function readVitest(json) {
  const tests = json.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter((test) => ['pending', 'skipped', 'todo'].includes(test.status));
  return {
    passed: json.numPassedTests,
    failed: json.numFailedTests + (json.numFailedTestSuites > 0 && json.numFailedTests === 0 ? 1 : 0),
    skipped: skipped.length,
    reasons: skipped.map((test) => test.fullName),
  };
}

function readPlaywright(json) {
  // A spec that two projects run is listed once, with a test each.
  const specs = [];
  const walk = (suites) => {
    for (const suite of suites ?? []) {
      specs.push(...suite.specs);
      walk(suite.suites);
    }
  };
  walk(json.suites);
  const skipped = specs.flatMap(({ title, tests }) =>
    tests
      .filter((test) => test.status === 'skipped')
      .map(({ projectName, annotations }) => {
        const why = annotations.find(({ type }) => type === 'skip')?.description;
        return `${projectName}: ${title}${why ? ` (${why})` : ''}`;
      }),
  );
  return {
    passed: json.stats.expected + json.stats.flaky,
    failed: json.stats.unexpected,
    skipped: json.stats.skipped,
    reasons: skipped,
  };
}

function vitest(project) {
  const file = join(results, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  suite(`${project} tests`, 'vitest/vitest.mjs', ['run', '--project', project, ...reporters], file, readVitest);
}

check('formatting', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
check('lint', 'eslint/bin/eslint.js', ['.']);
check('types', 'typescript/bin/tsc', ['--noEmit']);
check('svelte', 'svelte-check/bin/svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings']);
vitest('unit');
vitest('renderer');
buildIfStale();
vitest('integration');
// In the page and in the window.
const endToEndFile = join(results, 'end-to-end.json');
suite('end-to-end tests', '@playwright/test/cli.js', ['test'], endToEndFile, readPlaywright, {
  PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndFile,
});

if (skipReasons.size > 0) {
  process.stdout.write(`\nSkipped:\n${[...skipReasons].map((reason) => `  ${reason}`).join('\n')}\n`);
}
process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
process.exit(count.failed > 0 ? 1 : 0);
