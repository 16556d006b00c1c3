import { makeLargePhotos } from './bench/large-photos';
import { statSync } from 'node:fs';
const t = performance.now();
const f = await makeLargePhotos('/tmp/k/large', 24);
console.log(f.map((x) => Math.round(statSync(x).size / 1e4) / 100).join(' '), performance.now() - t);
