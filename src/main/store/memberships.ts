import type { Statement } from 'better-sqlite3';

import type { GroupList, GroupSummary, Place, Tray } from '@shared/model/group';
import { certaintyOf, type PhotoCell } from '@shared/model/photo';

import { shownPath } from '../path-bytes';
import type { Db } from './open-database';

/**
 * @file Where every photo is shown.
 *
 * [Note: Runs propose, the person decides] A run writes `placements`; the person writes `overrides`, `rejections`, `run_choices` and the
 * alias `groups.merged_into`. The view `computed_memberships` lays the second over the first, and `memberships` tells what was kept of it: see
 * [Note: Memberships are kept, not computed]. So a run can never undo what a person did, whatever it finds, and what the person did can be
 * undone without touching a run's result.
 */

/** Groups smaller than the cut of a run exist only once a person made or named them, so every non-empty group is listed. */
export class MembershipStore {
  private ofOne: Statement<[number], MembershipRow> | undefined;
  private typicalOf: Statement<[string], { photo_id: number; typicality: number }> | undefined;

  constructor(private readonly db: Db) {}

  list(revision: number): GroupList {
    const homes = Map.groupBy(
      this.db.prepare<[], { home: string; group_id: string }>('SELECT home, group_id FROM homes').all(),
      (row) => row.group_id,
    );
    const groups = this.db
      .prepare<[], SummaryRow>(SUMMARIES)
      .all()
      .map((row) =>
        this.toSummary(
          row,
          homes.get(row.id)!.map(({ home }) => home),
        ),
      );
    const hasDraft = this.db
      .prepare<[], { state: string; has_draft: number }>('SELECT state, has_draft FROM runs ORDER BY id DESC LIMIT 1')
      .get();
    return {
      groups,
      unsure: this.tray('unsure'),
      unsorted: this.tray('unsorted'),
      isDraft: hasDraft !== undefined && hasDraft.state !== 'done' && hasDraft.has_draft === 1,
      revision,
    };
  }

  photos(place: Place, offset: number, limit: number): { total: number; photos: PhotoCell[] } {
    const { where, order } = CONDITIONS[place.kind];
    const parameters = place.kind === 'group' ? [place.groupId] : [];
    const photos = this.db
      .prepare<(string | number)[], CellRow>(
        `SELECT p.id, p.path, p.width, p.height, m.confidence, m.is_placed,
           (SELECT count(*) FROM photos q WHERE q.unit_photo_id = p.unit_photo_id AND q.is_missing = 0) AS stack_size
         FROM (SELECT * FROM photo_homes m WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?) m
         JOIN photos p ON p.id = m.photo_id ORDER BY ${order}`,
      )
      .all(...parameters, limit, offset)
      .map(toCell);
    return { total: this.count(place), photos };
  }

  private count(place: Place): number {
    return this.db
      .prepare<string[], { n: number }>(`SELECT count(*) AS n FROM photo_homes m WHERE ${CONDITIONS[place.kind].where}`)
      .get(...(place.kind === 'group' ? [place.groupId] : []))!.n;
  }

  /** Group, confidence and whether the person placed it, of one photo; undefined when it is not shown at all. */
  of(photoId: number): MembershipRow | undefined {
    // Asked for every photo of an edit: compiled once.
    this.ofOne ??= this.db.prepare(
      'SELECT group_id, confidence, is_placed, is_accepted FROM memberships WHERE photo_id = ?',
    );
    return this.ofOne.get(photoId);
  }

  /** The name of a group; null where it has none. */
  nameOf(groupId: string): string | null {
    return (
      this.db.prepare<[string], { name: string | null }>('SELECT name FROM groups WHERE id = ?').get(groupId)?.name ??
      null
    );
  }

  /** The photos of one group. */
  idsOf(groupId: string): Set<number> {
    const rows = this.db
      .prepare<[string], { photo_id: number }>('SELECT photo_id FROM memberships WHERE group_id = ?')
      .all(groupId);
    return new Set(rows.map((row) => row.photo_id));
  }

  /** Every shown photo with its group: what an export and a re-run start from. */
  all(): (MembershipRow & { photo_id: number })[] {
    return this.db
      .prepare<[], MembershipRow & { photo_id: number }>(
        'SELECT photo_id, group_id, confidence, is_placed, is_accepted FROM memberships ORDER BY photo_id',
      )
      .all();
  }

  private toSummary(row: SummaryRow, homes: readonly string[]): GroupSummary {
    return {
      id: row.id as GroupSummary['id'],
      name: row.name,
      numPhotos: row.num_photos,
      confidence: Math.min(1, row.confidence),
      numSure: row.num_sure,
      numLikely: row.num_photos - row.num_sure - row.num_unsure,
      numUnsure: row.num_unsure,
      coverPhotoIds: this.covers(row.id, homes, row.cover_photo_id),
      firstTakenAt: row.first_taken_at?.slice(0, 10) ?? null,
      lastTakenAt: row.last_taken_at?.slice(0, 10) ?? null,
      isHidden: row.is_hidden === 1,
      isPinned: row.is_pinned === 1,
    };
  }

  /** The chosen cover or the most typical photo, then three from further down the order, which look different from it. */
  private covers(groupId: string, homes: readonly string[], chosen: number | null): PhotoCell['id'][] {
    this.typicalOf ??= this.db.prepare(
      `SELECT photo_id, typicality FROM photo_homes m WHERE home = ? ORDER BY ${TYPICAL_FIRST} LIMIT ${NUM_TYPICAL}`,
    );
    const typical = homes.flatMap((home) => this.typicalOf!.all(home));
    typical.sort((a, b) => b.typicality - a.typicality || a.photo_id - b.photo_id);
    const ids = typical.slice(0, NUM_TYPICAL).map((row) => row.photo_id);
    const first = chosen !== null && this.of(chosen)?.group_id === groupId ? chosen : ids[0];
    const rest = ids.filter((id) => id !== first);
    const spread = [0, 1, 2].map((part) => rest[Math.floor(((part + 0.5) / 3) * rest.length)]);
    return [...new Set([first, ...spread])].filter((id) => id !== undefined) as PhotoCell['id'][];
  }

  private tray(kind: 'unsure' | 'unsorted'): Tray {
    const coverPhotoIds = this.db
      .prepare<[], { photo_id: number }>(
        `SELECT m.photo_id FROM photo_homes m WHERE ${CONDITIONS[kind].where} ORDER BY m.photo_id LIMIT 4`,
      )
      .all()
      .map((row) => row.photo_id as PhotoCell['id']);
    return { numPhotos: this.count({ kind }), coverPhotoIds };
  }
}

export interface MembershipRow {
  group_id: string | null;
  confidence: number;
  is_placed: number;
  /** The person let it follow a correction. */
  is_accepted: number;
}

interface SummaryRow {
  id: string;
  name: string | null;
  cover_photo_id: number | null;
  is_hidden: number;
  is_pinned: number;
  num_photos: number;
  confidence: number;
  num_sure: number;
  num_unsure: number;
  first_taken_at: string | null;
  last_taken_at: string | null;
}

const SUMMARIES = /* sql */ `
  SELECT g.id, g.name, g.cover_photo_id, g.is_hidden, g.is_pinned, m.*
  FROM (
    SELECT h.group_id, sum(n) AS num_photos, sum(confidence) / sum(n) AS confidence, sum(num_sure) AS num_sure,
      sum(num_unsure) AS num_unsure, min(first_taken_at) AS first_taken_at, max(last_taken_at) AS last_taken_at
    FROM (
      SELECT home, count(*) AS n, sum(confidence) AS confidence, sum(confidence >= 0.8) AS num_sure,
        sum(confidence < 0.5) AS num_unsure, min(taken_at) AS first_taken_at, max(taken_at) AS last_taken_at
      FROM photo_homes WHERE home IS NOT NULL GROUP BY home
    ) JOIN homes h USING (home) GROUP BY h.group_id
  ) m JOIN groups g ON g.id = m.group_id
  ORDER BY g.is_pinned DESC, g.name IS NULL, num_photos DESC, g.id`;

const TYPICAL_FIRST = 'm.typicality DESC, m.photo_id';
/** Photos among which a group's covers are chosen. */
const NUM_TYPICAL = 24;

/** The rows of `photo_homes m` that are shown at a place (the group's id is the parameter), and in which order. */
const CONDITIONS: Record<Place['kind'], { where: string; order: string }> = {
  group: {
    where: 'm.home IN (SELECT home FROM homes WHERE group_id = ?)',
    // Sections sure, likely, unsure; inside a section the most typical first.
    order: `m.section, ${TYPICAL_FIRST}`,
  },
  unsorted: { where: 'm.home IS NULL', order: TYPICAL_FIRST },
  unsure: { where: 'm.home IS NOT NULL AND m.confidence < 0.5', order: 'm.confidence, m.photo_id' },
  all: { where: '1', order: 'm.photo_id' },
};

export interface CellRow {
  id: number;
  path: string;
  width: number | null;
  height: number | null;
  confidence: number;
  is_placed: number;
  stack_size: number;
}

export function toCell(row: CellRow): PhotoCell {
  return {
    id: row.id as PhotoCell['id'],
    name: shownPath(row.path.slice(row.path.lastIndexOf('/') + 1)),
    aspect: row.width && row.height ? row.width / row.height : 1,
    confidence: row.confidence,
    certainty: certaintyOf(row.confidence),
    isPlaced: row.is_placed === 1,
    stackSize: Math.max(1, row.stack_size),
  };
}
