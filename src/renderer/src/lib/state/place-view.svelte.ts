/* eslint-disable svelte/prefer-svelte-reactivity -- Built and dropped inside one computation. */
import type { GroupSummary } from '@shared/model/group';
import type { PhotoId } from '@shared/model/ids';
import type { PhotoSort } from '@shared/model/photo';

import { t } from '../../messages';
import type { SectionSize } from '../grid/geometry';
import { PagedPhotos } from '../grid/paged-photos.svelte';
import type { AppState } from './app.svelte';
import type { Route } from './router.svelte';
import { PhotoSelection } from './selection.svelte';
import { type ShownPlace, usualSort } from './shown-place';

/** As many photos as one statement can be about. */
const MAX_PAIRED = { together: 500, apart: 50 };
/** More than a hand picks one by one: Ctrl+A and a slip of a finger. */
const MANY = 30;

/** The place a route shows, or null for a route without photos. */
export function placeOf(route: Route): ShownPlace | null {
  if (route.name === 'search') return { kind: 'search', query: route.query };
  if (route.name === 'group') return { kind: 'group', groupId: route.groupId };
  return route.name === 'tray' ? { kind: route.tray } : null;
}

/** One place on screen: its photos, what is selected, what may be done. Made anew for every place. */
export class PlaceView {
  readonly photos: PagedPhotos;
  readonly selection: PhotoSelection;
  /** The photo shown full, by its index; null while the grid is in front. */
  openIndex = $state<number | null>(null);
  /** The order of the photos. */
  sort = $state<PhotoSort>('typical');
  /** Space opened it: Space or Escape closes it again. */
  isQuickLook = $state(false);
  readonly group: GroupSummary | undefined = $derived.by(() =>
    this.place.kind === 'group' ? this.app.groups.get(this.place.groupId) : undefined,
  );
  readonly title = $derived.by(() => {
    if (this.place.kind === 'group') return this.group?.name ?? t.unnamed;
    if (this.place.kind === 'search') return t.search.title(this.place.query);
    return t.group[this.place.kind];
  });
  readonly sections: readonly SectionSize[] = $derived.by(() => this.#sections());

  constructor(
    readonly app: AppState,
    readonly place: ShownPlace,
  ) {
    this.sort = usualSort(place);
    this.photos = new PagedPhotos(app.client, place);
    this.selection = new PhotoSelection((start, end) => this.photos.idsBetween(start, end));
  }

  /** What an action applies to: the selection, else the photo under the keyboard. */
  get targets(): PhotoId[] {
    if (this.openIndex !== null) {
      const open = this.photos.cell(this.openIndex);
      return open ? [open.id] : [];
    }
    if (this.selection.size > 0) return [...this.selection.ids];
    const focused = this.photos.cell(this.selection.focusIndex);
    return focused ? [focused.id] : [];
  }

  /** Groups that the keys 1 to 9 move to: the recent ones, then the largest named ones. Never the one that is shown. */
  readonly quickTargets: GroupSummary[] = $derived.by(() => {
    const recent = this.app.edits.recentGroupIds
      .map((id) => this.app.groups.get(id))
      .filter((group) => group !== undefined);
    const named = this.app.groups.list.groups.filter((group) => group.name !== null);
    const all = [...new Set([...recent, ...named])].filter((group) => group.id !== this.group?.id);
    return all.slice(0, 9);
  });

  /** After a change: the photos are fetched again, and what is no longer here is no longer selected. */
  async refresh(): Promise<void> {
    await this.photos.refresh();
    const { selection, photos } = this;
    if (selection.size === 0 || photos.holdsAll(selection.ids)) return;
    const here = new Set(await photos.idsBetween(0, photos.total));
    selection.drop([...selection.ids].filter((id) => !here.has(id)));
  }

  sortBy(sort: PhotoSort): void {
    this.sort = sort;
    this.selection.clear();
    this.photos.sortBy(sort);
  }

  open(index: number, isQuickLook = false): void {
    this.openIndex = index;
    this.isQuickLook = isQuickLook;
  }

  close(): void {
    this.openIndex = null;
  }

  async move(group: Pick<GroupSummary, 'id' | 'name'>, photoIds = this.targets): Promise<void> {
    if (photoIds.length === 0 || group.id === this.group?.id) return;
    if (await this.app.edits.move(photoIds, group)) this.selection.drop(photoIds);
  }

  async remove(): Promise<void> {
    const photoIds = this.targets;
    if (photoIds.length === 0 || this.place.kind === 'unsorted') return;
    if (await this.app.edits.remove(photoIds)) this.selection.drop(photoIds);
  }

  async confirm(): Promise<void> {
    const photoIds = this.targets;
    if (photoIds.length === 0 || this.place.kind === 'unsorted') return;
    await this.app.edits.confirm(photoIds);
  }

  async useAsCover(): Promise<void> {
    const [photoId] = this.targets;
    if (photoId && this.group) await this.app.edits.setCover(this.group.id, photoId);
  }

  askMove(isNew: boolean): void {
    const photoIds = this.targets;
    if (photoIds.length > 0) this.app.dialogs.open({ kind: 'move', photoIds, isNew });
  }

  /** «These belong together» or «these are different» of the selected photos; contradictions are shown, to choose. */
  async say(said: 'together' | 'apart'): Promise<void> {
    const photoIds = [...this.selection.ids];
    if (!this.canPair) return;
    const max = MAX_PAIRED[said];
    if (photoIds.length > max) return this.app.toasts.show(t.pairs.tooMany[said](max));
    if (said === 'together' && photoIds.length > MANY) {
      this.app.dialogs.ask({
        title: t.pairs.manyTitle(photoIds.length),
        text: t.pairs.manyText,
        confirm: t.pairs.together,
        onConfirm: () => void this.#say(said, photoIds),
      });
    } else await this.#say(said, photoIds);
  }

  async #say(said: 'together' | 'apart', photoIds: PhotoId[]): Promise<void> {
    const conflicts = await this.app.edits[said](photoIds);
    if (conflicts) this.app.dialogs.open({ kind: 'conflict', said, photoIds, conflicts });
  }

  /** Several photos are selected, of which something can be said. */
  get canPair(): boolean {
    return this.openIndex === null && this.selection.size >= 2;
  }

  /** The selected photos that a split can go around; null where it goes by look alone. */
  get seeds(): PhotoId[] | null {
    const { size, ids } = this.selection;
    return this.openIndex === null && size >= 2 && size <= 8 ? [...ids] : null;
  }

  /** Opens the preview of a split: of the whole group, or around the selected photos. */
  askSplit(): void {
    if (!this.group || this.group.numPhotos < 2 || this.openIndex !== null) return;
    this.app.dialogs.open({ kind: 'split', groupId: this.group.id, seedPhotoIds: this.seeds });
  }

  /** The keys of the photo actions, the same in the grid and in the full view. @returns Whether it was one of them. */
  handleKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (/^[1-9]$/.test(event.key)) {
      const group = this.quickTargets[Number(event.key) - 1];
      if (group) void this.move(group);
      return group !== undefined;
    }
    switch (event.key) {
      case 'Delete':
      case 'Backspace':
        void this.remove();
        return true;
      case 'm':
        this.askMove(false);
        return true;
      case 'n':
        this.askMove(true);
        return true;
      case 't':
      case 'd': {
        const said = event.key === 't' ? 'together' : 'apart';
        if (!this.canPair) return false;
        void this.say(said);
        return true;
      }
      case 's':
        this.askSplit();
        return true;
      case 'c':
        void this.confirm();
        return true;
      case 'C':
        // With Caps Lock alone it is still the letter that confirms.
        void (event.shiftKey ? this.useAsCover() : this.confirm());
        return true;
      default:
        return false;
    }
  }

  #sections(): SectionSize[] {
    const total = this.photos.total;
    const group = this.group;
    if (!group || this.sort !== usualSort(this.place)) return [{ key: this.place.kind, count: total }];
    // The counts come with the group list, the total with the photos: between the two replies the last section gives way.
    const sure = Math.min(group.numSure, total);
    const likely = Math.min(group.numLikely, total - sure);
    return [
      { key: 'sure', count: sure },
      { key: 'likely', count: likely },
      { key: 'unsure', count: total - sure - likely },
    ];
  }
}
