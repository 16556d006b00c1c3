/**
 * Puts decoded pixels and their colour profile into a TIFF file in memory, which is the shape in which sharp takes both and converts to sRGB.
 * For decoders that give pixels only (HEIC from a phone is Display P3).
 *
 * @param data RGB, 8 bits a channel.
 * @param profile An ICC profile.
 */
export function asTiffWithProfile(data: Uint8Array, width: number, height: number, profile: Buffer): Buffer {
  const entries: [tag: number, type: 3 | 4 | 7, count: number, value: number][] = [];
  const headLength = 8 + 2 + 10 * 12 + 4;
  const bitsAt = headLength;
  const profileAt = bitsAt + 6;
  const pixelsAt = profileAt + profile.length + (profile.length % 2);
  entries.push(
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 3, bitsAt],
    [259, 3, 1, 1], // not compressed
    [262, 3, 1, 2], // RGB
    [273, 4, 1, pixelsAt],
    [277, 3, 1, 3],
    [278, 4, 1, height],
    [279, 4, 1, data.length],
    [34675, 7, profile.length, profileAt],
  );
  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  for (let channel = 0; channel < 3; channel++) head.writeUInt16LE(8, bitsAt + 2 * channel);
  profile.copy(head, profileAt);
  return Buffer.concat([head, data]);
}
