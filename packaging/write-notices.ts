/** @file `npm run notices`: writes `resources/notices.txt`, which the About box shows. Needs a build. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { formatNotices, shippedPackages } from './notices.ts';
import { shippedFiles } from './shipped-files.ts';

const root = join(import.meta.dirname, '..');
const packages = shippedPackages(root, await shippedFiles(root, process));
writeFileSync(join(root, 'resources/notices.txt'), formatNotices(packages));
process.stdout.write(`resources/notices.txt names ${packages.length} packages.\n`);
