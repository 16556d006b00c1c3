/**
 * @file What a file is, by its name and by its first bytes. The name decides whether a file is offered as a photo at all; the
 * bytes decide how it is read, so a PNG named .jpg is still read and a text named .jpg is listed with its reason.
 */

/** How the content is coded; also what is stored as a photo's format. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'bmp' | 'heif' | 'jxl' | 'raw';

export type FileKind = 'photo' | 'raw' | 'video' | 'sidecar' | 'other' | 'unknown';

const formatByExtension: Record<string, PhotoFormat> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  mpo: 'jpeg',
  png: 'png',
  apng: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tif: 'tiff',
  tiff: 'tiff',
  bmp: 'bmp',
  dib: 'bmp',
  heic: 'heif',
  heif: 'heif',
  hif: 'heif',
  jxl: 'jxl',
};

const rawExtensions = new Set(
  '3fr arw cr2 cr3 crw dcr dng erf fff iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f'.split(' '),
);
const videoExtensions = new Set('3g2 3gp avi flv insv m2ts m4v mkv mov mp4 mpeg mpg mts ogv vob webm wmv'.split(' '));
const sidecarExtensions = new Set('aae dop json pp3 thm xmp'.split(' '));
const otherExtensions = new Set(
  (
    '7z app bat bin bz2 c cfg conf cpp css csv db dll dmg doc docx eps epub exe flac gz h html ico ics ini iso jar jp2 js key ' +
    'lnk log m3u m4a md mid mp3 numbers odp ods odt ogg opus otf pages pdf php ppt pptx ps psb psd py rar rs rtf sh sql ' +
    'sqlite sqlite3 svg svgz sys tar tgz tmp ts ttf txt url wav wma xcf xls xlsx xml yaml yml zip'
  ).split(' '),
);

/** The part after the last dot in lower case; '' where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** What the name promises. `unknown` names are worth a look at their first bytes. */
export function kindOf(name: string): FileKind {
  const extension = extensionOf(name);
  if (extension in formatByExtension) return 'photo';
  if (rawExtensions.has(extension)) return 'raw';
  if (videoExtensions.has(extension)) return 'video';
  if (sidecarExtensions.has(extension)) return 'sidecar';
  return otherExtensions.has(extension) ? 'other' : 'unknown';
}

/** True where the name alone makes a file a photo for Kindred. */
export function isPictureName(name: string): boolean {
  const kind = kindOf(name);
  return kind === 'photo' || kind === 'raw';
}

/** How many first bytes {@link sniffFormat} wants. */
export const SNIFF_BYTES = 64;

/** What the content is, by its first bytes; null when it is none of the picture formats. */
export function sniffFormat(head: Uint8Array): PhotoFormat | null {
  const text = (from: number, length: number): string => String.fromCharCode(...head.subarray(from, from + length));
  if (head.length < 8) return null;
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 4) === 'GIF8') return 'gif';
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return 'webp';
  if (text(0, 2) === 'BM' && head.length >= 26) return 'bmp';
  if ((head[0] === 0xff && head[1] === 0x0a) || text(4, 8) === 'JXL \r\n\x87\n') return 'jxl';
  if (text(0, 8) === 'FUJIFILM' || text(0, 4) === 'IIRO' || text(0, 4) === 'IIRS' || text(0, 4) === 'IIU\0')
    return 'raw';
  if (text(0, 4) === 'FOVb' || text(0, 4) === '\0MRM') return 'raw';
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return text(8, 2) === 'CR' ? 'raw' : 'tiff';
  if (text(0, 4) === 'II+\0' || text(0, 4) === 'MM\0+') return 'tiff';
  if (text(4, 4) === 'ftyp') return sniffBrands(text(8, head.length - 8));
  return null;
}

/** Tells the ISO container's pictures apart from its videos by the brands behind `ftyp`. */
function sniffBrands(brands: string): PhotoFormat | null {
  if (brands.startsWith('crx ')) return 'raw';
  if (/^avi[fs]/.test(brands)) return 'avif';
  if (/^(hei[cxms]|hev[cxms])/.test(brands)) return 'heif';
  if (/^(mif1|msf1|miaf)/.test(brands)) return /avi[fs]/.test(brands) ? 'avif' : 'heif';
  return null;
}

/**
 * What the content is, where the name adds what bytes cannot tell: most camera RAW files are TIFF files.
 *
 * @param name File name, for its extension.
 * @param head At least the first {@link SNIFF_BYTES} bytes, or the whole file if it is shorter.
 */
export function formatOf(name: string, head: Uint8Array): PhotoFormat | null {
  const format = sniffFormat(head);
  return kindOf(name) === 'raw' && (format === 'tiff' || format === null) ? 'raw' : format;
}

/** Names what a file holds that is not a picture, for the sentence a person reads. */
export function describeContent(head: Uint8Array): string {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, SNIFF_BYTES)).toString('latin1');
  if (head.every((byte) => byte === 0)) return 'only zero bytes';
  if (text.startsWith('%PDF')) return 'a PDF document';
  if (text.startsWith('PK\x03\x04')) return 'a ZIP archive or an office document';
  if (/^\s*(<\?xml|<svg)/i.test(text)) return 'an XML or SVG document';
  if (/^\s*<(!doctype|html|head|body)/i.test(text)) return 'a web page (often a failed download)';
  if (text.slice(4, 8) === 'ftyp' || text.startsWith('\x1aE\xdf\xa3')) return 'a video';
  if (text.startsWith('8BPS')) return 'a Photoshop document';
  if (text.startsWith('ID3') || text.startsWith('fLaC') || text.startsWith('OggS')) return 'sound';
  if (/^[\t\n\r\x20-\x7e]+$/.test(text)) return 'text';
  return 'something else';
}
