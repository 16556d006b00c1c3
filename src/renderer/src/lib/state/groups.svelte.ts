/* eslint-disable svelte/prefer-svelte-reactivity -- Built anew whenever the list changes. */
import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { GroupList, GroupSummary, Tray } from '@shared/model/group';
import type { GroupId } from '@shared/model/ids';

import { arrange, type GroupSort, isSmall } from './arrange-groups';

const EMPTY_TRAY: Tray = { numPhotos: 0, coverPhotoIds: [] };
const EMPTY: GroupList = { groups: [], unsure: EMPTY_TRAY, unsorted: EMPTY_TRAY, isDraft: false, revision: 0 };

/** The groups, and how the person looks at them. */
export class GroupsState {
  list = $state.raw<GroupList>(EMPTY);
  isLoaded = $state(false);
  search = $state('');
  sort = $state<GroupSort>('suggested');
  isShowingSmall = $state(false);
  /** The pointer is over the groups: their order stays as it is, so that nothing jumps under it. */
  isHeld = $state(false);
  #isNaming = false;
  /** What came while a name was being typed. */
  #waiting: GroupList | null = null;
  /** The order on screen, followed while the order is held. */
  #shownOrder: GroupId[] = [];

  readonly byId = $derived(new Map(this.list.groups.map((group) => [group.id, group])));
  readonly arranged = $derived.by(() => {
    const held = this.isHeld && !this.search ? this.#shownOrder : null;
    const arranged = arrange(this.list.groups, { search: this.search, sort: this.sort, heldOrder: held });
    this.#shownOrder = arranged.map((group) => group.id);
    return arranged;
  });
  /** Every group, whatever is searched for: where photos can go. */
  readonly everyOne = $derived.by(() =>
    this.search ? arrange(this.list.groups, { search: '', sort: this.sort, heldOrder: null }) : this.arranged,
  );
  readonly large = $derived(this.search ? this.arranged : this.arranged.filter((group) => !this.#isFolded(group)));
  readonly small = $derived(this.search ? [] : this.arranged.filter((group) => this.#isFolded(group)));
  readonly numPhotosInGroups = $derived(this.list.groups.reduce((sum, group) => sum + group.numPhotos, 0));

  constructor(private readonly client: Client<AppContract>) {}

  async load(): Promise<void> {
    const list = await this.client.call('group.list', {});
    if (this.isLoaded && list.revision < (this.#waiting ?? this.list).revision) return;
    if (this.#isNaming) this.#waiting = list;
    else this.list = list;
    this.isLoaded = true;
  }

  /** A name is being typed: a field that is moved or taken away would lose it, so new groups wait. @returns Ends the wait. */
  waitForName(): () => void {
    this.#isNaming = true;
    return () => {
      this.#isNaming = false;
      if (this.#waiting) this.list = this.#waiting;
      this.#waiting = null;
    };
  }

  clear(): void {
    this.#waiting = null;
    this.list = EMPTY;
    this.isLoaded = false;
    this.search = '';
    this.#shownOrder = [];
  }

  get(groupId: GroupId): GroupSummary | undefined {
    return this.byId.get(groupId);
  }

  /** The group of this name, whatever the case: two groups never share one. */
  named(name: string): GroupSummary | undefined {
    const key = nameKey(name);
    return key === ''
      ? undefined
      : this.list.groups.find((group) => group.name !== null && nameKey(group.name) === key);
  }

  #isFolded(group: GroupSummary): boolean {
    return isSmall(group, this.list.groups);
  }
}

/** As the host compares names. */
function nameKey(name: string): string {
  return name.trim().normalize('NFC').toLocaleLowerCase();
}
