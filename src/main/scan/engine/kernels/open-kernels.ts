/**
 * @file The WebAssembly module of `assembly`, which does what of a training step is neither a product nor a draw: four numbers at a time, a
 * third of the time of plain JavaScript. The same on every engine, bit for bit.
 */
import { compiledKernels } from './compiled';

interface Kernels {
  heapBase: { value: number };
  adamStep(...args: number[]): void;
  sumSquares(...args: number[]): number;
  roundColumns(...args: number[]): void;
  scanProbs(...args: number[]): void;
  scanGradient(...args: number[]): void;
  temiGradient(...args: number[]): void;
}

const BYTES_PER_PAGE = 65_536;

let compiled: WebAssembly.Module | undefined;

/**
 * An instance of the module, with room for arrays of floats in its memory.
 *
 * @param sizes How many numbers each array holds.
 * @returns Where each array begins, for the kernels, and a view of it, all zeros. Everything is freed with the last reference.
 */
export function openKernels<Name extends string>(sizes: Record<Name, number>) {
  compiled ??= new WebAssembly.Module(Buffer.from(compiledKernels, 'base64'));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const imports = { env: { memory }, log: { log: Math.log } };
  const kernels = new WebAssembly.Instance(compiled, imports).exports as unknown as Kernels;
  let end = Math.ceil(kernels.heapBase.value / 16) * 16;
  const names = Object.keys(sizes) as Name[];
  const starts = names.map((name) => {
    const start = end;
    end += 16 * Math.ceil(sizes[name] / 4);
    return start;
  });
  memory.grow(Math.ceil(end / BYTES_PER_PAGE) - 1);
  const byName = <T>(valueOf: (name: Name, start: number) => T): Record<Name, T> =>
    Object.fromEntries(names.map((name, index) => [name, valueOf(name, starts[index]!)])) as Record<Name, T>;
  return {
    kernels,
    at: byName((_, start) => start),
    views: byName((name, start) => new Float32Array(memory.buffer, start, sizes[name])),
  };
}
