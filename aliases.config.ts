import { fileURLToPath } from 'node:url';

const from = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Import prefixes, the same in the build, the tests and tsconfig.json. */
export const aliases = {
  '@shared': from('./src/shared'),
  '@main': from('./src/main'),
  '@renderer': from('./src/renderer/src'),
};
