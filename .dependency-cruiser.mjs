/**
 * @file Which room may look into which (docs/architecture.md). Paths are the real ones, after aliases and relative imports are resolved.
 * `test/unit/boundaries.test.ts` shows that a forbidden import is found.
 */

/** Files directly in `src/main`, which know no room and serve all: paths, the log, hashes. */
const COMMON = '^src/main/[a-z-]+\\.ts$';
const ANY_PACKAGE = 'node_modules/';
const SHARED = '^src/shared/';
const ELECTRON = '^src/main/(index\\.ts$|electron/)';

function onlyFrom(name, room, ...allowed) {
  return {
    ...{ name, severity: 'error' },
    comment: `${room} may import from its own room, and from: ${allowed.join(', ') || 'nothing else'}.`,
    from: { path: room },
    to: { pathNot: [room, ...allowed] },
  };
}

/** A room that stands alone: it knows packages and Node, and no other room. */
function standsAlone(name, room) {
  const rule = onlyFrom(name, room, SHARED, COMMON, ANY_PACKAGE);
  return { ...rule, to: { ...rule.to, dependencyTypesNot: ['core'] } };
}

/** What the resolver calls a package: a folder of node_modules, or its bare name where its types cannot be followed. */
function packages(...names) {
  return `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    onlyFrom('shared-knows-nobody', SHARED, packages('zod')),
    onlyFrom('preload-only-shared', '^src/preload/', SHARED, packages('electron')),
    onlyFrom('renderer-only-shared', '^src/renderer/', SHARED, ANY_PACKAGE, '^(svelte|@lucide/svelte)'),
    onlyFrom(
      'scan-is-pure',
      '^src/main/scan/',
      SHARED,
      packages('@tensorflow/[a-z0-9-]+', 'hnswlib-node', 'webgpu'),
      '^(module|os|path|url|util)$',
    ),
    standsAlone('images-stand-alone', '^src/main/images/'),
    standsAlone('trunks-stand-alone', '^src/main/trunks/'),
    standsAlone('store-stands-alone', '^src/main/store/'),
    {
      ...{ name: 'migrations-are-frozen', severity: 'error' },
      comment: 'A migration must do the same for ever: it reads no living code.',
      from: { path: '^src/main/store/migrations/' },
      to: { pathNot: '^src/main/store/migrations/' },
    },
    {
      ...{ name: 'nobody-reads-a-migration', severity: 'error' },
      comment: 'What the program runs is in store/sql; a migration is history.',
      from: { path: '^src/', pathNot: '^src/main/store/migrations/' },
      to: { path: '^src/main/store/migrations/', pathNot: 'all-migrations\\.ts$' },
    },
    {
      ...{ name: 'electron-only-in-its-room', severity: 'error' },
      comment: 'Only the window knows Electron: everything else runs on plain Node as well.',
      from: { pathNot: [ELECTRON, '^src/preload/'] },
      to: { path: packages('electron') },
    },
    {
      ...{ name: 'no-native-module-in-the-window', severity: 'error' },
      comment: 'A native module in an Electron process crashes it or makes it slow (docs/decisions/processes.md).',
      from: { path: ELECTRON },
      to: {
        path: packages(
          'better-sqlite3',
          'sharp',
          'onnxruntime-node',
          'hnswlib-node',
          '@tensorflow/tfjs-node-gpu',
          'webgpu',
        ),
        reachable: true,
      },
    },
    {
      ...{ name: 'doors-are-outermost', severity: 'error' },
      comment: 'Commands and the window use the rooms, never the other way round.',
      from: { path: '^src/main/[a-z]+/', pathNot: ['^src/main/(commands|electron|entries)/'] },
      to: { path: '^src/main/((commands|electron)/|(cli|index|host)\\.ts$)' },
    },
    {
      ...{ name: 'no-circle-of-files', severity: 'error' },
      comment: 'Circles of types alone are gone at run time.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      ...{ name: 'no-circle-of-folders', severity: 'error', scope: 'folder' },
      comment: 'Two rooms that need each other are one room.',
      from: { path: '^src/(main|shared|preload)/' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/main/scan/engine/kernels/assembly' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'svelte'] },
  },
};
