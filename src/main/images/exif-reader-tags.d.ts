declare module 'exif-reader/tags.js' {
  /** Names of tags by their number, a table for each part of the file. */
  const tags: Record<'Image' | 'Photo' | 'GPSInfo', Record<number, string>>;
  export default tags;
}
