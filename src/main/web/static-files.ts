import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** One built file of the renderer, or null when there is none. Nothing outside `root`, nothing of an unknown kind. */
export async function readStaticFile(
  root: string,
  path: string,
): Promise<{ body: Buffer; contentType: string } | null> {
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  const contentType = CONTENT_TYPES[extname(file)];
  if (!file.startsWith(root + sep) || contentType === undefined || file.includes('\0')) return null;
  try {
    return { body: await readFile(file), contentType };
  } catch {
    return null;
  }
}
