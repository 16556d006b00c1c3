import { z } from 'zod';

import { RunId } from './ids';

/** The pipeline's stages in order. */
export const StageName = z.enum([
  'index-photos',
  'embed',
  'learn-features',
  'mine-neighbors',
  'cluster',
  'self-label',
  'assign',
]);
export type StageName = z.infer<typeof StageName>;

/** Names a trunk and its folder. */
export const TrunkId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
/** The bundled one that tells full-size photos apart best (docs/decisions/networks.md). */
export const DEFAULT_TRUNK = 'efficientnet-lite2';
/** The bundled one that is twice as fast, and as good for very small pictures. */
export const QUICK_TRUNK = 'efficientnet-lite0';

const EIGHT_BITS = '-int8';
/** The form of a bundled trunk that computes with eight-bit numbers. Its features are never mixed with those of the other. */
export function inEightBits(trunk: string): string {
  return `${trunk}${EIGHT_BITS}`;
}
/** A bundled trunk in the form that another has: what the machine was found to be good at stays. */
export function inFormOf(other: string | null, trunk: string): string {
  return other?.endsWith(EIGHT_BITS) ? inEightBits(trunk) : trunk;
}

export const EngineChoice = z.enum(['auto', 'tensorflow', 'webgpu', 'wasm']);
export type EngineChoice = z.infer<typeof EngineChoice>;

/** γ of the merge tree: how finely groups are told apart. Past the ends nothing more joins or splits. */
export const Detail = z.number().min(1e-6).max(1e6);

const fields = {
  seed: z.int().min(0).max(0xffffffff),
  /** A fixed number of groups, or `auto`. */
  numGroups: z.union([z.literal('auto'), z.int().min(2).max(400)]),
  /** γ of the merge tree: below 1 few big groups, above 1 many. */
  detail: Detail,
  engine: EngineChoice,
  /** Null lets the photos decide, once for a library. */
  trunk: TrunkId.nullable(),
  /** Views per photo; null lets the size of the library decide. */
  numViews: z.int().min(2).max(16).nullable(),
  /** Learn anew, corrections included, also where what was learned before would do. */
  relearn: z.boolean(),
};

/** What is asked of a run. What is not said stays as the library has it: no defaults here, an optional field would take them. */
export const RunRequest = z.object(fields).partial();

/** What a person can set for a run; everything else the engine settles itself. */
export const RunOptions = z.object({
  seed: fields.seed.default(1),
  numGroups: fields.numGroups.default('auto'),
  detail: fields.detail.default(1),
  engine: fields.engine.default('auto'),
  trunk: fields.trunk.default(null),
  numViews: fields.numViews.default(null),
  relearn: fields.relearn.default(false),
});
export type RunOptions = z.infer<typeof RunOptions>;

export const RunState = z.enum(['running', 'paused', 'done', 'cancelled', 'failed']);
export type RunState = z.infer<typeof RunState>;

/** What a run found: groups, or honestly none. */
export const Verdict = z.enum(['groups', 'no-clear-groups', 'too-few-photos']);
export type Verdict = z.infer<typeof Verdict>;

export const StageReport = z.object({
  name: StageName,
  seconds: z.number().min(0),
  items: z.int().min(0),
  /** One line a person can read about what the stage decided. */
  note: z.string().nullable(),
});
export type StageReport = z.infer<typeof StageReport>;

/** Where a run stands. The same numbers go to the page, the window and the terminal. */
export const RunProgress = z.object({
  runId: RunId,
  state: RunState,
  stage: StageName,
  /** What is being done now, in plain words. */
  activity: z.string(),
  done: z.int().min(0),
  total: z.int().min(0),
  /** Items a second over the last seconds; null before it is known. */
  rate: z.number().min(0).nullable(),
  /** Seconds left in the whole run, as far as it can be told. */
  secondsLeft: z.number().min(0).nullable(),
  /** Share of the whole run that is done, 0–1; never decreases. */
  fraction: z.number().min(0).max(1),
  numFailed: z.int().min(0),
  hasDraft: z.boolean(),
  /** Why the run failed, when it did. */
  message: z.string().nullable(),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** One grouping that was tried: the curve a person can look at. */
export const CandidatePoint = z.object({
  name: z.string(),
  numGroups: z.int().min(0),
  /** How cleanly the groups separate. */
  score: z.number(),
  agreement: z.number().nullable(),
  isChosen: z.boolean(),
});
export type CandidatePoint = z.infer<typeof CandidatePoint>;

export const RunReport = z.object({
  id: RunId,
  seed: z.int(),
  engine: z.string(),
  /** Empty until it is settled. */
  trunk: z.string(),
  numViews: z.int(),
  state: RunState,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  verdict: Verdict.nullable(),
  /** The outcome and the reasons for it, in sentences. */
  findings: z.array(z.string()),
  curve: z.array(CandidatePoint),
  stages: z.array(StageReport),
});
export type RunReport = z.infer<typeof RunReport>;
