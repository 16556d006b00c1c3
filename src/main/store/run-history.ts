import type { GroupChange, KeptRun, RunDiff } from '@shared/model/run-diff';

import type { Db } from './open-database';

type NamedGroup = GroupChange['group'];

/** How many photos of a flow are told, to look at. */
const NUM_SHOWN = 12;

interface FlowRow {
  group_before: string | null;
  group_after: string | null;
  was_known: number;
  n: number;
  /** Ids with commas between. */
  photo_ids: string;
}

/** Earlier runs, and what a run changed. See [Note: Which run is shown]. */
export class RunHistory {
  constructor(private readonly db: Db) {}

  /** Runs whose placements are kept, newest first. */
  kept(): KeptRun[] {
    return this.db
      .prepare<[], { id: number; started_at: string; n: number; num_groups: number; is_shown: number }>(
        `SELECT r.id, r.started_at, count(*) AS n, count(DISTINCT coalesce(g.merged_into, g.id)) AS num_groups,
           r.id = (SELECT run_id FROM shown_run) AS is_shown
         FROM placements p JOIN runs r ON r.id = p.run_id LEFT JOIN groups g ON g.id = p.group_id
         GROUP BY r.id ORDER BY r.id DESC`,
      )
      .all()
      .map((row, index) => ({
        id: row.id as KeptRun['id'],
        startedAt: row.started_at,
        numPhotos: row.n,
        numGroups: row.num_groups,
        isShown: row.is_shown === 1,
        isNewest: index === 0,
      }));
  }

  /** What a run changed; null where it is not kept, or there was nothing before it. */
  diff(runId: number): RunDiff | null {
    const baseRunId = this.db
      .prepare<[number], { id: number }>(
        `SELECT base_run_id AS id FROM runs r WHERE id = ? AND EXISTS (SELECT 1 FROM placements WHERE run_id = r.id)
           AND EXISTS (SELECT 1 FROM placements WHERE run_id = r.base_run_id)`,
      )
      .get(runId)?.id;
    if (baseRunId === undefined) return null;
    const flows = this.flows(baseRunId, runId);
    const count = (rows: FlowRow[]): number => rows.reduce((sum, row) => sum + row.n, 0);
    return {
      runId: runId as RunDiff['runId'],
      baseRunId: baseRunId as RunDiff['baseRunId'],
      decision: this.decision(runId, baseRunId),
      numSame: count(flows.filter((flow) => flow.was_known === 1 && !isMove(flow))),
      numMoved: count(flows.filter(isMove)),
      numNew: count(flows.filter((flow) => flow.was_known === 0)),
      groups: this.changes(runId, flows),
    };
  }

  /** Every photo that a run moved, with where it was: to put the photos of one group back. */
  moves(runId: number, baseRunId: number): { photoId: number; before: string | null; after: string | null }[] {
    return this.db
      .prepare<[number, number], { photoId: number; before: string | null; after: string | null }>(
        `SELECT a.photo_id AS photoId, b.group_id AS before, a.group_id AS after
         FROM run_memberships a JOIN run_memberships b ON b.photo_id = a.photo_id
         WHERE a.run_id = ? AND b.run_id = ? AND b.is_known AND a.group_id IS NOT b.group_id ORDER BY a.photo_id`,
      )
      .all(runId, baseRunId);
  }

  private flows(baseRunId: number, runId: number): FlowRow[] {
    return this.db
      .prepare<[number, number], FlowRow>(
        `SELECT b.group_id AS group_before, a.group_id AS group_after, b.is_known OR b.is_placed AS was_known, count(*) AS n,
           CASE WHEN a.group_id IS b.group_id THEN '' ELSE group_concat(a.photo_id) END AS photo_ids
         FROM run_memberships a JOIN run_memberships b ON b.photo_id = a.photo_id
         WHERE a.run_id = ? AND b.run_id = ? GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2`,
      )
      .all(runId, baseRunId);
  }

  private decision(runId: number, baseRunId: number): RunDiff['decision'] {
    const newest = this.db.prepare<[], { id: number }>('SELECT max(run_id) AS id FROM placements').get()!.id;
    if (newest !== runId) return 'other';
    const choice = this.db
      .prepare<[number], { run_id: number }>('SELECT run_id FROM run_choices WHERE newest_run_id = ?')
      .get(runId);
    if (!choice) return 'open';
    if (choice.run_id === runId) return 'accepted';
    return choice.run_id === baseRunId ? 'rejected' : 'other';
  }

  private changes(runId: number, flows: readonly FlowRow[]): GroupChange[] {
    const links = this.db
      .prepare<[number], { kind: 'split' | 'merged'; group_id: string; other_group_id: string }>(
        'SELECT kind, group_id, other_group_id FROM group_links WHERE run_id = ?',
      )
      .all(runId);
    const linked = (kind: 'split' | 'merged', id: string | null): NamedGroup => {
      const link = links.find((one) => one.kind === kind && one.group_id === id);
      return link ? this.named(link.other_group_id) : null;
    };
    const ids = new Set(flows.flatMap((flow) => [flow.group_before, flow.group_after]));
    const changes = [...ids].map((id) => {
      const here = flows.filter((flow) => flow.group_before === id || flow.group_after === id);
      const sum = (rows: FlowRow[]): number => rows.reduce((total, row) => total + row.n, 0);
      const numBefore = sum(here.filter((flow) => flow.group_before === id && flow.was_known === 1));
      const numAfter = sum(here.filter((flow) => flow.group_after === id));
      const arrived = here.filter((flow) => flow.group_after === id && isMove(flow));
      const left = here.filter((flow) => flow.group_before === id && isMove(flow));
      return {
        group: this.named(id),
        kind: numBefore === 0 ? 'appeared' : numAfter === 0 ? 'vanished' : 'changed',
        numBefore,
        numAfter,
        numNew: sum(here.filter((flow) => flow.group_after === id && flow.was_known === 0)),
        arrived: arrived.map((flow) => this.toFlow(flow, flow.group_before)),
        left: left.map((flow) => this.toFlow(flow, flow.group_after)),
        splitFrom: linked('split', id),
        mergedInto: linked('merged', id),
      } satisfies GroupChange;
    });
    const size = (change: GroupChange): number =>
      [...change.arrived, ...change.left].reduce((total, flow) => total + flow.numPhotos, 0);
    return changes
      .filter((change) => size(change) > 0)
      .sort((a, b) => Number(a.group === null) - Number(b.group === null) || size(b) - size(a));
  }

  private named(id: string | null): NamedGroup {
    if (id === null) return null;
    const name = this.db.prepare<[string], { name: string | null }>('SELECT name FROM groups WHERE id = ?').get(id);
    return { id: id as NonNullable<NamedGroup>['id'], name: name?.name ?? null };
  }

  private toFlow({ n, photo_ids: photoIds }: FlowRow, other: string | null): GroupChange['arrived'][number] {
    const shown = photoIds.split(',', NUM_SHOWN).map(Number);
    return { group: this.named(other), numPhotos: n, photoIds: shown as GroupChange['arrived'][number]['photoIds'] };
  }
}

function isMove(flow: FlowRow): boolean {
  return flow.was_known === 1 && flow.group_before !== flow.group_after;
}
