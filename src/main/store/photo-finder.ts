import type { Place } from '@shared/model/group';
import type { PhotoCell, PhotoSort } from '@shared/model/photo';

import { type CellRow, toCell } from './memberships';
import type { Db } from './open-database';
import { fold, parseSearch, type SearchTerm } from './search-terms';

/** Which photos, and in which order. */
export interface Wanted {
  place: Place;
  /** What they have to match, as it was typed; empty: all of the place. */
  search: string;
  sort: PhotoSort;
}

/** How many ordered lists of ids are kept: scrolling asks for page after page of the same list. */
const MAX_KEPT = 4;

/** Photos found by name, file, date and camera, and photos of a place in other orders than the usual one. */
export class PhotoFinder {
  private kept = new Map<string, number[]>();
  private revision = -1;

  constructor(private readonly db: Db) {}

  /** One page. `revision` is the library's: what was kept of another one is forgotten. */
  page(wanted: Wanted, offset: number, limit: number, revision: number): { total: number; photos: PhotoCell[] } {
    if (revision !== this.revision) this.kept.clear();
    this.revision = revision;
    const key = JSON.stringify(wanted);
    let ids = this.kept.get(key);
    if (!ids) {
      ids = this.ids(wanted);
      if (this.kept.size >= MAX_KEPT) this.kept.delete(this.kept.keys().next().value!);
      this.kept.set(key, ids);
    }
    return { total: ids.length, photos: this.cells(ids.slice(offset, offset + limit)) };
  }

  /** Every photo that is wanted, in order. */
  ids({ place, search, sort }: Wanted): number[] {
    const terms = parseSearch(search);
    const parameters: string[] = [];
    const found = terms.map((term) => this.match(term, parameters));
    const source =
      found.length === 0
        ? 'memberships m'
        : `(${found.join(' INTERSECT ')}) f CROSS JOIN memberships m ON m.photo_id = f.id`;
    if (place.kind === 'group') parameters.push(place.groupId);
    // A join to photos costs: only where their names are asked for.
    const names = sort === 'name' ? 'JOIN photos p ON p.id = m.photo_id' : '';
    return this.db
      .prepare<string[], number>(
        `SELECT m.photo_id FROM ${source} ${names} WHERE ${CONDITIONS[place.kind]} ORDER BY ${ORDERS[sort]}`,
      )
      .pluck()
      .all(...parameters);
  }

  /** A query for the ids of photos that match one term. */
  private match({ words, datePrefix, month }: SearchTerm, parameters: string[]): string {
    const parts: string[] = [];
    if (words.every((word) => [...word].length >= 3)) {
      parts.push('SELECT rowid AS id FROM photo_words WHERE photo_words MATCH ?');
      parameters.push(words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND '));
    } else {
      const likes = words.map(() => `path || ' ' || coalesce(camera, '') LIKE ? ESCAPE '\\'`);
      parts.push(`SELECT id FROM photos WHERE ${likes.join(' AND ')}`);
      parameters.push(...words.map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`));
    }
    if (datePrefix !== null) {
      parts.push('SELECT id FROM photos WHERE taken_at >= ? AND taken_at < ?');
      parameters.push(datePrefix, `${datePrefix}~`);
    }
    if (month !== null) {
      parts.push('SELECT id FROM photos WHERE substr(taken_at, 6, 2) = ?');
      parameters.push(month);
    }
    const groupIds = this.groupsNamed(words);
    if (groupIds.length > 0) {
      parts.push('SELECT photo_id AS id FROM memberships WHERE group_id IN (SELECT value FROM json_each(?))');
      parameters.push(JSON.stringify(groupIds));
    }
    return `SELECT id FROM (${parts.join(' UNION ')})`;
  }

  private groupsNamed(words: readonly string[]): string[] {
    return this.db
      .prepare<[], { id: string; name: string }>(
        'SELECT id, name FROM groups WHERE name IS NOT NULL AND merged_into IS NULL',
      )
      .all()
      .filter(({ name }) => words.every((word) => fold(name).includes(word)))
      .map(({ id }) => id);
  }

  private cells(ids: readonly number[]): PhotoCell[] {
    return this.db
      .prepare<[string], CellRow>(
        `SELECT p.id, p.path, p.width, p.height, m.confidence, m.is_placed,
           (SELECT count(*) FROM photos q WHERE q.unit_photo_id = p.unit_photo_id AND q.is_missing = 0) AS stack_size
         FROM json_each(?) j CROSS JOIN memberships m ON m.photo_id = j.value JOIN photos p ON p.id = m.photo_id ORDER BY j.key`,
      )
      .all(JSON.stringify(ids))
      .map(toCell);
  }
}

const CONDITIONS: Record<Place['kind'], string> = {
  group: 'm.group_id = ?',
  unsorted: 'm.group_id IS NULL',
  unsure: 'm.group_id IS NOT NULL AND m.confidence < 0.5',
  all: '1',
};

/** The file's name without its folder. */
const NAME = `substr(p.path, length(rtrim(p.path, replace(p.path, '/', ''))) + 1)`;

/** Photos without a date come last; ids rise in the order photos were found in. */
const ORDERS: Record<PhotoSort, string> = {
  typical: 'm.section, m.typicality DESC, m.photo_id',
  newest: 'm.taken_at DESC, m.photo_id DESC',
  oldest: 'm.taken_at IS NULL, m.taken_at, m.photo_id',
  name: `${NAME} COLLATE NOCASE, m.photo_id`,
  unsure: 'm.confidence, m.photo_id',
  added: 'm.photo_id DESC',
};
