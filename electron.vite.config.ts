import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

import { aliases } from './aliases.config.ts';
import manifest from './package.json' with { type: 'json' };

/**
 * @file Builds the three sides. The main side has one entry a door (window, page, command line), and one each for the
 * pipeline worker, the preview worker and the threads that read and edit, plan splits and teach; dependencies with native parts stay outside the bundle.
 */
export default defineConfig({
  main: {
    resolve: { alias: aliases },
    build: {
      outDir: 'out/main',
      // Of its own accord it leaves only "dependencies" outside.
      externalizeDeps: { include: Object.keys(manifest.optionalDependencies) },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          host: 'src/main/entries/host.ts',
          cli: 'src/main/entries/cli.ts',
          worker: 'src/main/run/worker.ts',
          'preview-worker': 'src/main/media/preview-worker.ts',
          'task-worker': 'src/main/host/tasks/task-worker.ts',
          'split-worker': 'src/main/groups/split-worker.ts',
          'teach-worker': 'src/main/teach/teach-worker.ts',
        },
      },
    },
  },
  preload: {
    resolve: { alias: aliases },
    build: {
      outDir: 'out/preload',
      rollupOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    resolve: { alias: aliases },
    plugins: [svelte({ configFile: '../../svelte.config.js' })],
    build: {
      outDir: 'out/renderer',
      // A data: URL for an asset would need a hole in the content security policy.
      assetsInlineLimit: 0,
      // Read by packaging/notices.ts; it does not ship.
      license: { fileName: '.vite/licenses.json' },
      minify: true,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
