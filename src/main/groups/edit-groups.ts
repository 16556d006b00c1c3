import { AppError } from '@shared/ipc/errors';
import type { NamesImport } from '@shared/model/group';
import type { HistoryEntry } from '@shared/model/history';

import type { RowEditor } from '../store/journal';
import { linksOf, pathBetween } from './pair-sets';
import { comparable, EditBase, type GroupRow, newGroup, photos, quoted } from './edit-base';

/** Everything the person does to groups and photos: each acts at once, in one transaction, and can be undone. */
export class GroupEdits extends EditBase {
  rename(groupId: string, name: string): HistoryEntry {
    const group = this.group(groupId);
    this.refuseTakenName(name, groupId);
    const label = group.name === null ? `Named a group “${name}”` : `Renamed “${group.name}” to “${name}”`;
    return this.record(label, (rows) => rows.put('groups', { ...group, name }));
  }

  setCover(groupId: string, photoId: number): HistoryEntry {
    const group = this.group(groupId);
    if (this.store.memberships.of(photoId)?.group_id !== groupId) {
      throw new AppError('failed-precondition', 'The cover has to be a photo of the group.');
    }
    return this.record(`Chose a cover for ${quoted(group)}`, (rows) =>
      rows.put('groups', { ...group, cover_photo_id: photoId }),
    );
  }

  setHidden(groupId: string, isHidden: boolean): HistoryEntry {
    const group = this.group(groupId);
    return this.record(`${isHidden ? 'Hid' : 'Showed'} ${quoted(group)}`, (rows) =>
      rows.put('groups', { ...group, is_hidden: isHidden ? 1 : 0 }),
    );
  }

  setPinned(groupId: string, isPinned: boolean): HistoryEntry {
    const group = this.group(groupId);
    return this.record(`${isPinned ? 'Pinned' : 'Unpinned'} ${quoted(group)}`, (rows) =>
      rows.put('groups', { ...group, is_pinned: isPinned ? 1 : 0 }),
    );
  }

  create(name: string, photoIds: readonly number[]): { entry: HistoryEntry; groupId: string } {
    this.refuseTakenName(name, null);
    const group = newGroup(name);
    const entry = this.record(`Made “${name}” from ${photos(photoIds.length)}`, (rows) => {
      rows.put('groups', { ...group });
      for (const photoId of photoIds) this.place(rows, photoId, group.id);
    });
    return { entry, groupId: group.id };
  }

  /**
   * Names and fills groups as a folder told: one edit. A name goes to the group that has it; else to the unnamed group in which more
   * than half have that name and which holds more than half of them; else to a new one. What a person decided before stays.
   *
   * @param nameByPhotoId The name for each photo; `groupIdOf` finds the group that has it already.
   */
  importNames(
    nameByPhotoId: ReadonlyMap<number, string>,
    groupIdOf: (name: string) => string | null = (name) => this.idOfName(name),
  ): Omit<NamesImport, 'numUnknown'> {
    const counts = { numNamed: 0, numMade: 0, numPlaced: 0, numKept: 0 };
    const wanted = new Map<string, { name: string; photoIds: number[] }>();
    for (const [photoId, name] of nameByPhotoId) {
      if (!this.store.memberships.of(photoId)) continue;
      const key = groupIdOf(name) ?? comparable(name);
      const found = wanted.get(key) ?? { name, photoIds: [] };
      found.photoIds.push(photoId);
      wanted.set(key, found);
    }
    const steps: ((rows: RowEditor) => void)[] = [];
    const claimed = new Set<string>();
    for (const { name, photoIds } of wanted.values()) {
      const knownId = groupIdOf(name);
      const unnamed = knownId === null ? this.unnamedGroupOf(photoIds, claimed) : null;
      const group = knownId === null ? (unnamed ? { ...unnamed, name } : newGroup(name)) : this.group(knownId);
      const isDecided = (photoId: number): boolean =>
        this.shown(photoId).is_placed === 1 || this.isRejected(photoId, group.id);
      // What is in the named group already is as it should be; what only was in it unnamed is now known to belong there.
      const others = photoIds.filter((photoId) => knownId === null || this.shown(photoId).group_id !== knownId);
      const free = others.filter((photoId) => !isDecided(photoId));
      counts.numKept += others.length - free.length;
      if (free.length === 0 && !unnamed) continue;
      if (unnamed) counts.numNamed++;
      else if (knownId === null) counts.numMade++;
      claimed.add(group.id);
      if (knownId === null) steps.push((rows) => rows.put('groups', { ...group }));
      counts.numPlaced += free.length;
      steps.push((rows) => free.forEach((photoId) => this.place(rows, photoId, group.id)));
    }
    const label = `Imported the names of ${photos(counts.numPlaced)}`;
    const entry = steps.length === 0 ? null : this.record(label, (rows) => steps.forEach((step) => step(rows)));
    return { entry, ...counts };
  }

  /** The source becomes an alias of the target. Photos placed in the source, now or by later runs, are shown in the target. */
  merge(sourceId: string, targetId: string): HistoryEntry {
    if (sourceId === targetId) throw new AppError('invalid-argument', 'A group cannot be merged with itself.');
    const source = this.group(sourceId);
    const target = this.group(targetId);
    const aliases = this.store.db
      .prepare<[string], GroupRow>('SELECT * FROM groups WHERE merged_into = ?')
      .all(sourceId);
    return this.record(`Merged ${quoted(source)} into ${quoted(target)}`, (rows) => {
      // Aliases stay one step deep, so that the view need not walk a chain.
      for (const alias of [...aliases, source]) rows.put('groups', { ...alias, merged_into: targetId });
    });
  }

  /**
   * Takes a group apart. The first part stays the group; every other becomes a new one. All photos named are placed by this, so that no run
   * joins again what a person took apart; photos that came to the group since the parts were shown stay where they are.
   */
  split(
    groupId: string,
    parts: readonly { name: string | null; photoIds: readonly number[] }[],
  ): { entry: HistoryEntry; groupIds: string[] } {
    const group = this.group(groupId);
    const members = this.store.memberships.idsOf(groupId);
    const seen = new Set<number>();
    for (const photoId of parts.flatMap((part) => part.photoIds)) {
      if (seen.has(photoId)) throw new AppError('invalid-argument', 'A photo can be in one part only.');
      seen.add(photoId);
      if (!members.has(photoId)) {
        throw new AppError('failed-precondition', 'The group has changed. Look at the parts once more.');
      }
    }
    const [first, ...others] = parts;
    const renamed = first?.name != null && first.name !== group.name ? { ...group, name: first.name } : null;
    const made = others.map(({ name }) => ({ ...newGroup(name), split_from: groupId }));
    const names = [...(renamed ? [renamed] : []), ...made].flatMap(({ name }) => (name === null ? [] : [name]));
    if (new Set(names.map(comparable)).size < names.length) {
      throw new AppError('failed-precondition', 'Two parts cannot have the same name.');
    }
    for (const name of names) this.refuseTakenName(name, renamed?.name === name ? groupId : null);
    const entry = this.record(`Split ${quoted(group)} into ${parts.length}`, (rows) => {
      if (renamed) rows.put('groups', { ...renamed });
      for (const row of made) rows.put('groups', { ...row });
      const ids = [groupId, ...made.map((row) => row.id)];
      parts.forEach(({ photoIds }, part) => photoIds.forEach((photoId) => this.placeMember(rows, photoId, ids[part]!)));
    });
    return { entry, groupIds: [groupId, ...made.map((row) => row.id)] };
  }

  move(photoIds: readonly number[], groupId: string): HistoryEntry {
    const group = this.group(groupId);
    return this.record(`Moved ${photos(photoIds.length)} to ${quoted(group)}`, (rows) => {
      for (const photoId of photoIds) this.place(rows, photoId, groupId);
    });
  }

  /** «Not this group»: to Unsorted, and the refusal is remembered for ever. */
  remove(photoIds: readonly number[]): HistoryEntry {
    return this.record(`Removed ${photos(photoIds.length)} from ${this.groupsOf(photoIds)}`, (rows) => {
      for (const photoId of photoIds) {
        const groupId = this.shown(photoId).group_id;
        if (groupId !== null)
          rows.put('rejections', { photo_id: photoId, group_id: groupId, created_at: new Date().toISOString() });
        rows.put('overrides', { photo_id: photoId, group_id: null, created_at: new Date().toISOString() });
      }
    });
  }

  /** Where the photos are is right: no run moves them any more. */
  confirm(photoIds: readonly number[]): HistoryEntry {
    return this.record(`Confirmed ${photos(photoIds.length)} in ${this.groupsOf(photoIds)}`, (rows) => {
      for (const photoId of photoIds) {
        const groupId = this.shown(photoId).group_id;
        if (groupId !== null) this.place(rows, photoId, groupId);
      }
    });
  }

  /** Takes one edit back though later ones stand. See Journal.revert. */
  revert(entryId: number): HistoryEntry {
    const entry = this.store.journal.revert(entryId, () => this.whyInconsistent());
    this.store.library.bumpRevision();
    return entry;
  }

  /** What rows that are each as they were before can still break between them. */
  private whyInconsistent(): string | null {
    const names = this.store.db
      .prepare<[], { name: string }>('SELECT name FROM groups WHERE name IS NOT NULL AND merged_into IS NULL')
      .all()
      .map(({ name }) => comparable(name));
    if (new Set(names).size < names.length) return 'Its name was given to another group since.';
    const chain = this.store.db
      .prepare('SELECT 1 FROM groups a JOIN groups b ON b.id = a.merged_into WHERE b.merged_into IS NOT NULL')
      .get();
    if (chain) return 'The group was merged since.';
    const pairs = this.store.pairs.listPairConstraints();
    const links = linksOf(pairs.filter((pair) => pair.kind === 'together'));
    const isBroken = pairs.some((pair) => pair.kind === 'apart' && pathBetween(links, pair.photoId, pair.otherPhotoId));
    return isBroken ? 'It contradicts what you said of these photos since.' : null;
  }

  undo(): HistoryEntry | null {
    const entry = this.store.journal.undo();
    if (entry) this.store.library.bumpRevision();
    return entry;
  }

  redo(): HistoryEntry | null {
    const entry = this.store.journal.redo();
    if (entry) this.store.library.bumpRevision();
    return entry;
  }

  private refuseTakenName(name: string, except: string | null): void {
    const taken = this.idOfName(name);
    if (taken !== null && taken !== except) {
      throw new AppError(
        'failed-precondition',
        `There is already a group ${quoted(this.group(taken))}. Merge the two instead.`,
      );
    }
  }

  private idOfName(name: string): string | null {
    const wanted = comparable(name);
    const found = this.store.db
      .prepare<[], { id: string; name: string }>(
        'SELECT id, name FROM groups WHERE name IS NOT NULL AND merged_into IS NULL',
      )
      .all()
      .find((group) => comparable(group.name) === wanted);
    return found?.id ?? null;
  }

  private isRejected(photoId: number, groupId: string): boolean {
    const query = `SELECT 1 FROM rejections r JOIN groups g ON g.id = r.group_id
      WHERE r.photo_id = ? AND coalesce(g.merged_into, g.id) = ?`;
    return this.store.db.prepare<[number, string]>(query).get(photoId, groupId) !== undefined;
  }

  private unnamedGroupOf(photoIds: readonly number[], claimed: ReadonlySet<string>): GroupRow | null {
    const numById = new Map<string, number>();
    for (const photoId of photoIds) {
      const { group_id: id } = this.shown(photoId);
      if (id !== null && !claimed.has(id)) numById.set(id, (numById.get(id) ?? 0) + 1);
    }
    const [best] = [...numById].sort((a, b) => b[1] - a[1]);
    if (!best || best[1] * 2 <= photoIds.length) return null;
    const group = this.group(best[0]);
    const size = this.store.db
      .prepare<[string], { n: number }>('SELECT count(*) AS n FROM memberships WHERE group_id = ?')
      .get(group.id)!.n;
    return group.name === null && best[1] * 2 > size ? group : null;
  }
}
