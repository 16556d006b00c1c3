import type { Random } from '@shared/random';

/** What can happen to a file on a bad disk, in a broken download or by intent. */
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const mutationByName: Record<string, Mutation> = {
  'flip one bit': (bytes, random) => flip(bytes, random, 1, bytes.length),
  'flip many bits': (bytes, random) => flip(bytes, random, 2 + random.int(200), bytes.length),
  'flip bits in the head': (bytes, random) => flip(bytes, random, 1 + random.int(12), Math.min(bytes.length, 1500)),
  'set a number in the head to an extreme': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.int(Math.max(1, Math.min(copy.length, 1500) - 4));
    const value = [0, 0xffffffff, 0x7fffffff, 0x80000000, 0xffff, 1][random.int(6)] ?? 0;
    copy.writeUInt32BE(value, Math.min(at, Math.max(0, copy.length - 4)));
    return copy;
  },
  'cut off': (bytes, random) => bytes.subarray(0, random.int(bytes.length)),
  'lose the beginning': (bytes, random) => bytes.subarray(random.int(Math.min(bytes.length, 4000))),
  'lose a piece': (bytes, random) => {
    const from = random.int(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random.int(5000))]);
  },
  'zero a piece': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const from = random.int(bytes.length);
    return copy.fill(0, from, Math.min(bytes.length, from + 1 + random.int(20_000)));
  },
  'fill a piece with noise': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const from = random.int(bytes.length);
    const end = Math.min(bytes.length, from + 1 + random.int(3000));
    for (let at = from; at < end; at++) copy[at] = random.int(256);
    return copy;
  },
  'swap two pieces': (bytes, random) => {
    const length = 1 + random.int(Math.max(1, Math.floor(bytes.length / 4)));
    const [a, b] = [random.int(bytes.length - length), random.int(bytes.length - length)].sort((x, y) => x - y) as [
      number,
      number,
    ];
    if (b < a + length) return flip(bytes, random, 3, bytes.length);
    const copy = Buffer.from(bytes);
    bytes.copy(copy, a, b, b + length);
    bytes.copy(copy, b, a, a + length);
    return copy;
  },
};

const names = Object.keys(mutationByName);

/** Damages a file in one of ten ways. */
export function mutate(bytes: Buffer, random: Random): { how: string; bytes: Buffer } {
  const how = names[random.int(names.length)] as string;
  return { how, bytes: bytes.length < 8 ? bytes : (mutationByName[how] as Mutation)(bytes, random) };
}

function flip(bytes: Buffer, random: Random, count: number, limit: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < count; i++) {
    const at = random.int(limit);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.int(8));
  }
  return copy;
}
