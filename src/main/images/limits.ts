/**
 * @file What one file may cost. A picture beyond a limit is listed with the reason, never tried; docs/formats.md states the same
 * numbers for the person.
 */

/** Files above this size are read one at a time. */
export const LARGE_FILE_BYTES = 48 * 1024 * 1024;

/** Files up to this size are read into memory once, for hash and picture together; larger ones are read by streaming. */
export const MAX_BUFFERED_BYTES = 256 * 1024 * 1024;

/** Larger files are not opened as pictures. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024 * 1024;

/** Width times height. Above the largest camera and scanner outputs in use (a 200-megapixel phone, a 320-megapixel scan). */
export const MAX_PIXELS = 400_000_000;

/** The same where the decoder must hold the whole picture in memory (HEIC, BMP, JPEG XL): 4 bytes a pixel. */
export const MAX_PIXELS_IN_MEMORY = 120_000_000;

/** How long one file's picture may take to decode. */
export const MAX_DECODE_SECONDS = 15;

/** A cut-off file with more than this share of its picture missing is listed, not shown. */
export const MAX_MISSING_SHARE = 0.5;

/** Shorter side of the small picture that thumbnail and views are cut from. */
export const SMALL_SHORTER_SIDE = 256;

/** Longer side the small picture may have (a panorama's); the thumbnail's is {@link THUMBNAIL_LONGER_SIDE}. */
export const SMALL_LONGER_SIDE = 2048;

/** Longer side of a stored thumbnail; up to 4:1 it keeps the small picture's every pixel. */
export const THUMBNAIL_LONGER_SIDE = 1024;
