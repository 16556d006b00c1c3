/** @file Keywords that people and other programs gave to photos: from XMP (in the file or in a sidecar) and from IPTC. */

/** A keyword as a path, the most general part first; most have one part. */
export type KeywordPath = string[];

/**
 * Reads `lr:hierarchicalSubject` and `dc:subject` of an XMP packet. A flat keyword that is a part of a path is not repeated.
 *
 * @param xmp The packet as text; anything else gives nothing.
 */
export function xmpKeywords(xmp: string): KeywordPath[] {
  const paths = bagItems(xmp, 'lr:hierarchicalSubject').map((text) => text.split('|').map((part) => part.trim()));
  const known = new Set(paths.flat());
  const flat = bagItems(xmp, 'dc:subject').filter((text) => !known.has(text));
  return [...paths.filter((path) => path.every((part) => part !== '')), ...flat.map((text) => [text])];
}

function bagItems(xmp: string, name: string): string[] {
  const from = xmp.indexOf(`<${name}>`);
  const end = xmp.indexOf(`</${name}>`, from);
  if (from < 0 || end < 0) return [];
  const items = xmp.slice(from, end).matchAll(/<rdf:li[^>]*>([^<]*)<\/rdf:li>/g);
  return [...items].map(([, text = '']) => unescapeXml(text).trim()).filter((text) => text !== '');
}

function unescapeXml(text: string): string {
  const signByEntity: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, entity) => {
    if (entity) return signByEntity[String(entity).toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** Reads the keywords (record 2, data set 25) of an IPTC block, as UTF-8 where it is, otherwise as Latin-1. */
export function iptcKeywords(block: Buffer): KeywordPath[] {
  const found: KeywordPath[] = [];
  for (let at = block.indexOf(0x1c); at >= 0 && at + 5 <= block.length;) {
    const length = block.readUInt16BE(at + 3);
    // Longer sets use another form, which no keyword needs.
    if (block[at] !== 0x1c || length > 0x7fff) break;
    if (block[at + 1] === 2 && block[at + 2] === 25) {
      const bytes = block.subarray(at + 5, at + 5 + length);
      const utf8 = bytes.toString('utf8');
      const text = (utf8.includes('\ufffd') ? bytes.toString('latin1') : utf8).trim();
      if (text !== '') found.push([text]);
    }
    at += 5 + length;
  }
  return found;
}
