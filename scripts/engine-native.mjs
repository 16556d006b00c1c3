/**
 * @file Completes the native TensorFlow engine: `npm run engine:native`.
 *
 * `@tensorflow/tfjs-node-gpu` fetches libtensorflow when it is installed; where that download fails, npm leaves the optional
 * package out. This script builds the same package in a folder of its own, `.cache/engines/tensorflow` (nothing in
 * node_modules changes), with libtensorflow and its headers taken from the PyPI wheel `tensorflow-cpu`. Each step is skipped
 * when its result is already there, so an interrupted run goes on where it stopped. Linux on x64 and arm64.
 *
 * Environment: KINDRED_TENSORFLOW_WHEEL  a wheel already downloaded (a file, or a folder that holds one)
 *              KINDRED_NODE_HEADERS      installed Node headers, where there is no network (default: npm's nodedir, if set)
 *              PYTHON                    the Python to use (default: python3)
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, '.cache', 'engines', 'tensorflow');
const modules = join(home, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
const deps = join(modules, 'deps');
const binding = join(modules, 'lib', 'napi-v8', 'tfjs_binding.node');
const python = process.env.PYTHON ?? 'python3';
const wheelVersion = '2.21.0';
const wheelByArch = {
  x64: { name: 'tensorflow-cpu', platforms: ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64'] },
  arm64: { name: 'tensorflow', platforms: ['manylinux_2_27_aarch64', 'manylinux_2_17_aarch64'] },
};

class StepFailed extends Error {}

/** Runs a program and throws with the last lines of what it said when it fails. */
function runProgram(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (result.status === 0) return result.stdout;
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-12).join('\n    ');
  throw new StepFailed(
    `${program} ${args.slice(0, 3).join(' ')} … failed: ${result.error?.message ?? ''}\n    ${said}`,
  );
}

/** npm's own folder: it brings node-gyp, so nothing else has to be installed to compile. */
function findNpmFolder() {
  const candidates = [
    process.env.npm_execpath && resolve(dirname(process.env.npm_execpath), '..'),
    () => join(execFileSync('npm', ['root', '-g'], { encoding: 'utf8', cwd: home }).trim(), 'npm'),
  ];
  for (const candidate of candidates) {
    const folder = typeof candidate === 'function' ? candidate() : candidate;
    if (folder && existsSync(join(folder, 'node_modules/node-gyp/bin/node-gyp.js'))) return folder;
  }
  throw new StepFailed('npm and its node-gyp were not found; run this as `npm run engine:native`.');
}

function checkTools() {
  if (process.platform !== 'linux' || !(process.arch in wheelByArch))
    throw new StepFailed(
      `There is no recipe for ${process.platform} ${process.arch} yet; the wasm or webgpu engine serves.`,
    );
  for (const [program, args, fix] of [
    [python, ['-m', 'pip', '--version'], 'install Python 3 with pip'],
    [process.env.CXX ?? 'c++', ['--version'], 'install a C++ compiler (Debian: apt-get install g++ make)'],
    ['make', ['--version'], 'install make (Debian: apt-get install make)'],
  ]) {
    if (spawnSync(program, args, { stdio: 'ignore' }).status !== 0)
      throw new StepFailed(`${program} does not run: ${fix}.`);
  }
}

function installPackage() {
  if (existsSync(join(modules, 'package.json'))) return 'there already';
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = optionalDependencies['@tensorflow/tfjs-node-gpu'];
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: {} }));
  const npm = join(findNpmFolder(), 'bin', 'npm-cli.js');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `@tensorflow/tfjs-node-gpu@${version}`];
  runProgram(process.execPath, [npm, ...args], { cwd: home });
  return version;
}

/** The newest wheel in a folder, or the file itself. */
function findWheel(path) {
  if (!path || !existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return path;
  const name = readdirSync(path).find((file) => /^tensorflow(_cpu)?-.*\.whl$/.test(file));
  return name && join(path, name);
}

const hasLibraries = () => existsSync(join(deps, 'complete'));

function downloadWheel() {
  if (hasLibraries()) return 'not needed any more';
  const wheels = join(home, 'wheel');
  const present = findWheel(process.env.KINDRED_TENSORFLOW_WHEEL) ?? findWheel(wheels);
  if (present) return present;
  const { name, platforms } = wheelByArch[process.arch];
  const partial = join(home, 'wheel.partial');
  const asked = platforms.flatMap((platform) => ['--platform', platform]);
  // Only the C++ libraries inside are used, so the wheel of any one Python serves, whichever Python runs here.
  const tags = [
    '--python-version',
    '3.11',
    '--implementation',
    'cp',
    '--abi',
    'cp311',
    '--only-binary=:all:',
    ...asked,
  ];
  runProgram(python, ['-m', 'pip', 'download', '--no-deps', ...tags, '-d', partial, `${name}==${wheelVersion}`]);
  renameSync(partial, wheels);
  return findWheel(wheels);
}

function unpackLibraries() {
  if (hasLibraries()) return 'there already';
  const wheel = findWheel(process.env.KINDRED_TENSORFLOW_WHEEL) ?? findWheel(join(home, 'wheel'));
  rmSync(deps, { recursive: true, force: true });
  const code = `
import sys, zipfile, os, shutil
wheel, deps = sys.argv[1:]
libraries = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
headers = tuple('tensorflow/include/' + d for d in ('tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/', 'absl/'))
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in libraries: target = os.path.join(deps, 'lib', os.path.basename(name))
        elif name.startswith(headers) and not name.endswith('/'): target = os.path.join(deps, name[len('tensorflow/'):])
        else: continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, 'wb') as sink: shutil.copyfileobj(source, sink, 1 << 20)
`;
  runProgram(python, ['-c', code, wheel, deps]);
  const links = {
    'libtensorflow.so': 'libtensorflow_cc.so.2',
    'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
  };
  for (const [link, target] of Object.entries(links)) symlinkSync(target, join(deps, 'lib', link));
  writeFileSync(join(deps, 'complete'), wheelVersion);
  rmSync(join(home, 'wheel'), { recursive: true, force: true });
  return `libtensorflow ${wheelVersion}`;
}

/** Headers of some installed Node: Node-API is the same for all of them. */
function findNodeHeaders() {
  const hasHeaders = (folder) => folder && existsSync(join(folder, 'include', 'node', 'node_api.h'));
  const named = process.env.KINDRED_NODE_HEADERS ?? process.env.npm_config_nodedir;
  if (hasHeaders(named)) return named;
  const asked = spawnSync('npm', ['config', 'get', 'nodedir'], { encoding: 'utf8' }).stdout?.trim();
  if (hasHeaders(asked)) return asked;
  const beside = resolve(dirname(process.execPath), '..');
  return hasHeaders(beside) ? beside : undefined; // undefined: node-gyp downloads them from nodejs.org
}

function compileBinding() {
  if (existsSync(binding)) return 'there already';
  const gyp = join(findNpmFolder(), 'node_modules/node-gyp/bin/node-gyp.js');
  const headers = findNodeHeaders();
  const flags = ['--module_name=tfjs_binding', '--module_path=lib/napi-v8', '--napi_build_version=8'];
  if (headers) flags.push(`--nodedir=${headers}`);
  runProgram(process.execPath, [gyp, 'rebuild', ...flags], { cwd: modules });
  mkdirSync(dirname(binding), { recursive: true });
  if (!existsSync(binding)) copyFileSync(join(modules, 'build/Release/tfjs_binding.node'), binding);
  return headers ? `headers from ${headers}` : 'headers downloaded';
}

function tryEngine() {
  const code = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = require(process.argv[1]);
const seen = tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).dataSync()[0];
if (seen !== 64) throw new Error('1·1 summed over 64 gave ' + seen);
console.log(tf.getBackend() + ', TF.js ' + tf.version.tfjs);`;
  return runProgram(process.execPath, ['-e', code, modules], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  }).trim();
}

const steps = [
  ['checking for Python, pip, make and a C++ compiler', () => checkTools() ?? 'present'],
  ['installing @tensorflow/tfjs-node-gpu beside the project', installPackage],
  ['downloading the TensorFlow wheel (about 270 MB)', downloadWheel],
  ['unpacking libtensorflow and its headers', unpackLibraries],
  ['compiling the binding', compileBinding],
  ['multiplying two matrices with it', tryEngine],
];
try {
  for (const [index, [name, step]] of steps.entries()) {
    process.stdout.write(`engine:native ${index + 1}/${steps.length} ${name} … `);
    console.log(step());
  }
  console.log(`engine:native done: the engine "tensorflow" is in ${home}`);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.log('failed');
  console.error(`engine:native: ${error.message}\nKindred works without it, on the webgpu or wasm engine.`);
  process.exitCode = 1;
}
