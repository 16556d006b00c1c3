/** @file What of a training step is neither a product nor a draw, in WebAssembly: four numbers at a time. Compiled by `npm run build:kernels`. */
export { adamStep } from './adam';
export { roundColumns, sumSquares } from './round';
export { scanGradient, scanProbs } from './scan';
export { temiGradient } from './temi';

/** Where the memory is free from. */
export const heapBase: usize = __heap_base;
