import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

import { aliases } from '../../../aliases.config';

/**
 * @file The design harness: `npx vite -c test/renderer/harness/vite.config.ts`. Pictures are drawn, or taken from the folder that
 * HARNESS_PHOTOS names, one subfolder after the other.
 */

function pictures(folder: string): string[] {
  const entries = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  return entries.flatMap((path) => (statSync(path).isDirectory() ? pictures(path) : [path]));
}

/** Answers /media/… as a host would. */
function media(folder: string | undefined): Plugin {
  const files = folder ? pictures(folder).filter((path) => /\.(jpe?g|png|webp)$/i.test(path)) : [];
  return {
    name: 'harness-media',
    configureServer(server) {
      server.middlewares.use('/media/', (request, response) => {
        const id = Number(/^\/(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
        const file = files[(id - 1) % files.length];
        response.setHeader('Cache-Control', 'max-age=3600');
        response.setHeader(
          'Content-Type',
          file ? `image/${extname(file).slice(1).replace('jpg', 'jpeg')}` : 'image/svg+xml',
        );
        response.end(file ? readFileSync(file) : draw(id));
      });
    },
  };
}

/** A sky over hills whose colours depend on the id. */
function draw(id: number): string {
  const hue = (Math.floor(id / 40) * 67 + (id % 40)) % 360;
  const sun = 40 + ((id * 53) % 240);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240">
<rect width="320" height="240" fill="hsl(${hue} 45% 72%)"/><circle cx="${sun}" cy="70" r="28" fill="hsl(${hue + 40} 80% 85%)"/>
<path d="M0 170 Q80 ${90 + (id % 60)} 160 160 T320 150 V240 H0Z" fill="hsl(${hue + 20} 35% 45%)"/>
<path d="M0 210 Q120 150 200 200 T320 190 V240 H0Z" fill="hsl(${hue + 30} 40% 28%)"/></svg>`;
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { alias: aliases },
  plugins: [svelte(), media(process.env['HARNESS_PHOTOS'])],
  server: { host: '127.0.0.1', port: 5199, fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] } },
});
