import { z } from 'zod';

import { CandidatePoint, RunOptions, type RunReport, RunState, type StageName, Verdict } from '@shared/model/run';

import { notFound } from './journal';
import type { Db } from './open-database';

const ReportJson = z.object({
  findings: z.array(z.string()).default([]),
  curve: z.array(CandidatePoint).default([]),
});
export type ReportJson = z.infer<typeof ReportJson>;

interface RunRow {
  id: number;
  seed: number;
  options: string;
  input_hash: string | null;
  engine: string | null;
  trunk_id: string;
  num_views: number | null;
  state: string;
  verdict: string | null;
  has_draft: number;
  report: string;
  started_at: string;
  finished_at: string | null;
}

/** Runs, what their stages took, and checkpoints that a resumed run takes up. */
export class RunStore {
  constructor(private readonly db: Db) {}

  create(options: RunOptions): number {
    const result = this.db
      .prepare(`INSERT INTO runs (seed, options, trunk_id, state, started_at) VALUES (?, ?, ?, 'running', ?)`)
      .run(options.seed, JSON.stringify(options), options.trunk ?? '', new Date().toISOString());
    return Number(result.lastInsertRowid);
  }

  options(runId: number): RunOptions {
    return RunOptions.parse(JSON.parse(this.row(runId).options));
  }

  state(runId: number): RunState {
    return RunState.parse(this.row(runId).state);
  }

  /** The newest run, when it did not finish and was asked for with the same options: to be resumed, not started anew. */
  unfinished(options: RunOptions): number | null {
    const row = this.db.prepare<[], RunRow>('SELECT * FROM runs ORDER BY id DESC LIMIT 1').get();
    return row && row.state !== 'done' && row.options === JSON.stringify(options) ? row.id : null;
  }

  /** What the newest run was asked for, where it is paused or was cut off; undefined where it came to its end. */
  interrupted(): RunOptions | undefined {
    const row = this.db.prepare<[], RunRow>('SELECT * FROM runs ORDER BY id DESC LIMIT 1').get();
    return row && (row.state === 'paused' || row.state === 'running')
      ? RunOptions.parse(JSON.parse(row.options))
      : undefined;
  }

  latestState(): string | null {
    return (
      this.db.prepare<[], { state: string }>('SELECT state FROM runs ORDER BY id DESC LIMIT 1').get()?.state ?? null
    );
  }

  latest(): number | null {
    return this.db.prepare<[], { id: number }>('SELECT id FROM runs ORDER BY id DESC LIMIT 1').get()?.id ?? null;
  }

  latestDone(): { id: number; input_hash: string | null; has_draft: number } | undefined {
    return this.db
      .prepare<[], { id: number; input_hash: string | null; has_draft: number }>(
        `SELECT id, input_hash, has_draft FROM runs WHERE state = 'done' ORDER BY id DESC LIMIT 1`,
      )
      .get();
  }

  setState(runId: number, state: RunState): void {
    const finishedAt = state === 'running' || state === 'paused' ? null : new Date().toISOString();
    this.db.prepare('UPDATE runs SET state = ?, finished_at = ? WHERE id = ?').run(state, finishedAt, runId);
  }

  setEngine(runId: number, engine: string): void {
    this.db.prepare('UPDATE runs SET engine = ? WHERE id = ?').run(engine, runId);
  }

  /** Settles a trunk that the run was not told, as if it had been: a run that is taken up again is asked for with it. */
  setTrunk(runId: number, trunk: string): void {
    this.db
      .prepare(`UPDATE runs SET trunk_id = ?, options = json_set(options, '$.trunk', ?) WHERE id = ?`)
      .run(trunk, trunk, runId);
  }

  setNumViews(runId: number, numViews: number): void {
    this.db.prepare('UPDATE runs SET num_views = ? WHERE id = ?').run(numViews, runId);
  }

  setHasDraft(runId: number): void {
    this.db.prepare('UPDATE runs SET has_draft = 1 WHERE id = ?').run(runId);
  }

  setOutcome(runId: number, inputHash: string, verdict: Verdict, report: ReportJson): void {
    this.db
      .prepare('UPDATE runs SET input_hash = ?, verdict = ?, report = ? WHERE id = ?')
      .run(inputHash, verdict, JSON.stringify(report), runId);
  }

  /** Adds to what a stage took: a resumed stage has several parts. Embedding counts what it read in each; the others look at all photos anew. */
  addStage(
    runId: number,
    stage: StageName,
    part: { inputHash: string | null; seconds: number; items: number; note: string | null },
  ): void {
    this.db
      .prepare(
        `INSERT INTO stage_results (run_id, stage, input_hash, seconds, items, note) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (run_id, stage) DO UPDATE SET input_hash = excluded.input_hash, seconds = seconds + excluded.seconds,
           items = CASE stage WHEN 'embed' THEN items + excluded.items ELSE max(items, excluded.items) END, note = coalesce(excluded.note, note)`,
      )
      .run(runId, stage, part.inputHash, part.seconds, part.items, part.note);
  }

  report(runId: number): RunReport {
    const row = this.row(runId);
    const { findings, curve } = ReportJson.parse(JSON.parse(row.report));
    const stages = this.db
      .prepare<[number], { name: StageName; seconds: number; items: number; note: string | null }>(
        'SELECT stage AS name, seconds, items, note FROM stage_results WHERE run_id = ? ORDER BY rowid',
      )
      .all(runId);
    return {
      id: row.id as RunReport['id'],
      seed: row.seed,
      engine: row.engine ?? '',
      trunk: row.trunk_id,
      numViews: row.num_views ?? 0,
      state: RunState.parse(row.state),
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      verdict: Verdict.nullable().parse(row.verdict),
      findings,
      curve,
      stages,
    };
  }

  checkpoint(key: string): Buffer | null {
    return (
      this.db.prepare<[string], { value: Buffer }>('SELECT value FROM checkpoints WHERE key = ?').get(key)?.value ??
      null
    );
  }

  putCheckpoint(runId: number, stage: StageName, key: string, value: Uint8Array): void {
    this.db
      .prepare('INSERT OR REPLACE INTO checkpoints (key, stage, run_id, value) VALUES (?, ?, ?, ?)')
      .run(key, stage, runId, value);
  }

  /** Keeps what the last two runs computed; older checkpoints and per-photo results go. */
  prune(): void {
    const keep = this.db.prepare<[], { id: number }>('SELECT id FROM runs ORDER BY id DESC LIMIT 2').all().at(-1)?.id;
    if (keep === undefined) return;
    this.db.prepare('DELETE FROM checkpoints WHERE run_id < ?').run(keep);
  }

  private row(runId: number): RunRow {
    const row = this.db.prepare<[number], RunRow>('SELECT * FROM runs WHERE id = ?').get(runId);
    if (!row) throw notFound('run');
    return row;
  }
}
