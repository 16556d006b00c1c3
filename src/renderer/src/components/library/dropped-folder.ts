/**
 * The folder that was dropped. The window knows its path; a page is told one only by file managers that hand over an address.
 *
 * @returns The host's path, or null where it cannot be known.
 */
export function droppedFolder(event: DragEvent): string | null {
  const file = event.dataTransfer?.files[0];
  if (file && window.pathForFile) return window.pathForFile(file) || null;
  const address = event.dataTransfer
    ?.getData('text/uri-list')
    .split('\n')
    .find((line) => line.startsWith('file://'));
  return address ? decodeURIComponent(new URL(address.trim()).pathname) : null;
}

/** Something from outside the window is dragged: not a photo or a group of its own. */
export function isFromOutside(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  if (types.some((type) => type.startsWith('application/x-kindred'))) return false;
  return types.includes('Files') || types.includes('text/uri-list');
}
