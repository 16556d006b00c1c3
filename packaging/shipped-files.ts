/**
 * @file Which files an installed Kindred needs: those that the built programs in `out/main` can load, and nothing else.
 *
 * `@vercel/nft` follows every `import` and `require` from the built programs. It cannot follow a file that is opened by a path which the program
 * computes, nor one that is named in the text of a thread's program. Those few are in `OPENED_BY_PATH`.
 */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

import { nodeFileTrace } from '@vercel/nft';

export interface Target {
  platform: NodeJS.Platform;
  arch: string;
}

export interface ShippedFile {
  /** Relative to the project, with forward slashes. */
  path: string;
  sizeBytes: number;
}

/** Modules that a thread's program loads; each is followed like an entry of its own. */
const LOADED_BY_THREADS = ['bmp-ts', 'libheif-js/wasm-bundle', '@jsquash/jxl/decode.js', 'onnxruntime-node'];

/** Files that are opened by their path: WebAssembly. */
const OPENED_BY_PATH = [
  '@jsquash/jxl/codec/dec/jxl_dec.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
];

/** Folders whose every file ships: the page, the preload, the trunks. */
const WHOLE_FOLDERS = ['out/main', 'out/preload', 'out/renderer', 'resources'];

/** Never followed: Electron is the program around it, and the native TensorFlow engine alone would double the size. */
const LEFT_OUT = ['node_modules/electron/**', 'node_modules/@tensorflow/tfjs-node-gpu/**'];

/** @throws {Error} When the program is not built, or a module is not installed. */
export async function shippedFiles(root: string, target: Target): Promise<ShippedFile[]> {
  const requireFrom = createRequire(join(root, 'package.json'));
  const inProject = (file: string): string => relative(root, file).split(sep).join('/');
  const programs = readdirSync(join(root, 'out/main')).filter((name) => name.endsWith('.js'));
  const opened = OPENED_BY_PATH.map((name) => requireFrom.resolve(name));
  const entries = [
    ...programs.map((name) => join(root, 'out/main', name)),
    ...LOADED_BY_THREADS.map((name) => requireFrom.resolve(name)),
  ];
  const { fileList } = await nodeFileTrace(entries, { base: root, ignore: LEFT_OUT });
  const whole = WHOLE_FOLDERS.flatMap((folder) => filesBelow(join(root, folder)));
  const paths = new Set([...fileList].map((file) => file.split(sep).join('/')));
  for (const file of [...opened, ...whole, join(root, 'LICENSE'), ...nativeLibraries(root, [...paths])])
    paths.add(inProject(file));
  paths.delete('package.json');
  return [...paths]
    .filter((path) => isForTarget(path, target) && statSync(join(root, path)).isFile())
    .sort()
    .map((path) => ({ path, sizeBytes: statSync(join(root, path)).size }));
}

/**
 * Whether a file is for this system. Packages with binaries of many systems name the system in a folder or in the file.
 */
export function isForTarget(path: string, { platform, arch }: Target): boolean {
  const [, folder] = /\/onnxruntime-node\/bin\/napi-v\d+\/(\w+\/\w+)\//.exec(`/${path}`) ?? [];
  if (folder !== undefined) return folder === `${platform}/${arch}`;
  const [, dawn] = /\/webgpu\/dist\/([\w-]+)\//.exec(`/${path}`) ?? [];
  if (dawn !== undefined) return dawn === `${platform}-${platform === 'darwin' ? 'universal' : arch}`;
  const [, sqlite] = /\/better-sqlite3\/prebuilds\/([\w-]+)\.node$/.exec(`/${path}`) ?? [];
  if (sqlite !== undefined) return sqlite === `${platform}-${arch}`;
  const [, image] = /\/@img\/sharp-(?:libvips-)?([\w-]+)\//.exec(`/${path}`) ?? [];
  return image === undefined || image === `${platform}-${arch}`;
}

/** The package that a file of node_modules belongs to. */
export function packageOf(path: string): string | null {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? null;
}

/**
 * The shared libraries beside the native modules of ONNX Runtime and Dawn. The system's loader opens them; no JavaScript names them. A link among
 * them is followed, so that a file ships once.
 */
function nativeLibraries(root: string, paths: readonly string[]): string[] {
  const folders = new Set(paths.filter((path) => path.endsWith('.node')).map((path) => join(root, path, '..')));
  return [...folders]
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => /\.(so(\.\d+)*|dylib|dll)$/.test(file) && realpathSync(file) === file);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => !entry.parentPath.endsWith(`${sep}.vite`))
    .map((entry) => join(entry.parentPath, entry.name));
}
