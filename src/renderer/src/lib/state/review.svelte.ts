import type { GroupSummary } from '@shared/model/group';
import type { PhotoId } from '@shared/model/ids';
import type { PhotoCell, PhotoDetails } from '@shared/model/photo';

import { PagedPhotos } from '../grid/paged-photos.svelte';
import type { AppState } from './app.svelte';

const NUM_TYPICAL = 9;

/**
 * The unsure photos as a row of questions. An answered photo leaves the tray, so the next question stands at the same index;
 * only «not sure» moves on.
 */
export class Review {
  readonly photos: PagedPhotos;
  numAnswered = $state(0);
  isBusy = $state(false);
  details = $state.raw<PhotoDetails | null>(null);
  /** Clear members of the group in question, to compare with. */
  typical = $state.raw<PhotoCell[]>([]);
  #index = $state(0);

  readonly photo: PhotoCell | undefined = $derived.by(() => this.photos.cell(this.#index));
  readonly numLeft: number = $derived.by(() => Math.max(0, this.photos.total - this.#index));
  readonly numSkipped: number = $derived.by(() => Math.min(this.#index, this.photos.total));
  readonly group: GroupSummary | undefined = $derived.by(() => {
    const id = this.details?.group?.id;
    return id && this.details?.id === this.photo?.id ? this.app.groups.get(id) : undefined;
  });

  constructor(private readonly app: AppState) {
    this.photos = new PagedPhotos(app.client, { kind: 'unsure' });
    this.photos.ensure(0, 20);
  }

  /** Fetches what is asked about; call it whenever the photo changes. */
  async load(photoId: PhotoId, signal: AbortSignal): Promise<void> {
    this.photos.ensure(this.#index, this.#index + 20);
    const details = await this.app.client.call('photo.get', { photoId }, { signal });
    this.details = details;
    if (!details.group) return;
    const place = { kind: 'group' as const, groupId: details.group.id };
    const input = { place, offset: 0, limit: NUM_TYPICAL };
    const { photos } = await this.app.client.call('group.photos', input, { signal });
    this.typical = photos.filter((photo) => photo.id !== photoId);
  }

  async answer(isYes: boolean): Promise<void> {
    const photo = this.photo;
    if (!photo || this.isBusy) return;
    this.isBusy = true;
    const isDone = await (isYes ? this.app.edits.confirm([photo.id]) : this.app.edits.remove([photo.id]));
    if (isDone) this.numAnswered++;
    this.isBusy = false;
  }

  skip(): void {
    if (this.photo) this.#index++;
  }

  /** Goes through those again that were skipped. */
  restart(): void {
    this.#index = 0;
  }
}
