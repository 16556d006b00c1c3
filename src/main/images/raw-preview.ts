/** A JPEG inside another file. */
export interface Preview {
  /** Where it starts; the decoder finds its end. */
  start: number;
  width: number;
  height: number;
}

/**
 * Finds the JPEG pictures inside a camera RAW file, largest first.
 *
 * [Note: RAW by its preview] Every camera RAW format in use (CR2, CR3, NEF, ARW, DNG, RAF, ORF, RW2, PEF, SRW) carries one to
 * three finished JPEGs, made by the camera. They are found by their own structure (a start mark followed by a chain of valid
 * segments up to a frame header) and not by each maker's tables, so one function serves all of them, the next camera's file
 * included. The sensor data, where it is a lossless JPEG itself, has another frame header and is passed over.
 */
export function findPreviews(file: Buffer): Preview[] {
  const previews: Preview[] = [];
  const mark = Buffer.from([0xff, 0xd8, 0xff]);
  for (let start = file.indexOf(mark); start >= 0; start = file.indexOf(mark, start + 2)) {
    const size = readFrameSize(file, start + 2);
    if (size && size.width >= 64 && size.height >= 64) previews.push({ start, ...size });
  }
  return previews.sort((a, b) => b.width * b.height - a.width * a.height);
}

/** Walks the segments to the frame header; null when this is not a picture a JPEG decoder shows. */
function readFrameSize(file: Buffer, from: number): { width: number; height: number } | null {
  let at = from;
  for (let segment = 0; segment < 64; segment++) {
    if (at + 9 > file.length || file[at] !== 0xff) return null;
    const marker = file[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = file.readUInt16BE(at + 2);
    if (length < 2) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const isPlain = marker <= 0xc2 && file[at + 4] === 8;
      return isPlain ? { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) } : null;
    }
    const isSegment = marker === 0xc4 || marker === 0xdb || marker === 0xdd || marker >= 0xe0;
    if (!isSegment) return null;
    at += 2 + length;
  }
  return null;
}
