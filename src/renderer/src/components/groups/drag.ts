import { GroupId, PhotoId } from '@shared/model/ids';

/** @file What is dragged between parts of the window, by media type: a drop target sees the type before the drop, the data only then. */

const GROUP = 'application/x-kindred-group';
const PHOTOS = 'application/x-kindred-photos';

export function putGroup(event: DragEvent, groupId: GroupId): void {
  // The card is a link, whose address would otherwise travel along and look like something from outside.
  event.dataTransfer?.clearData();
  event.dataTransfer?.setData(GROUP, groupId);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
}

/** Puts photos on the pointer, with their number as the picture that follows it. */
export function putPhotos(event: DragEvent, photoIds: readonly PhotoId[], label: string): void {
  const transfer = event.dataTransfer;
  if (!transfer) return;
  transfer.setData(PHOTOS, JSON.stringify(photoIds));
  transfer.effectAllowed = 'move';
  const badge = document.createElement('div');
  badge.className = 'drag-badge';
  badge.textContent = label;
  document.body.append(badge);
  transfer.setDragImage?.(badge, -12, -8);
  setTimeout(() => badge.remove());
}

export function hasGroup(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes(GROUP) ?? false;
}

export function hasPhotos(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes(PHOTOS) ?? false;
}

export function takeGroup(event: DragEvent): GroupId | null {
  return GroupId.safeParse(event.dataTransfer?.getData(GROUP)).data ?? null;
}

export function takePhotos(event: DragEvent): PhotoId[] {
  try {
    return PhotoId.array().parse(JSON.parse(event.dataTransfer?.getData(PHOTOS) ?? '[]'));
  } catch {
    return [];
  }
}
