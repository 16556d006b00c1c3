/** @file What corrections teach is worked out on a thread of its own: it takes a tenth of a second or more, which the host does not have. */
import { z } from 'zod';

import { WireError } from '@shared/ipc/errors';
import { QuestionKey, ReviewAnswer, ReviewQuestion } from '@shared/model/teach';

import { IdleThread } from '../processes/idle-thread';

export const TeachRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('moves') }),
  z.strictObject({ kind: z.literal('questions'), limit: z.int() }),
  z.strictObject({ kind: z.literal('plan'), key: QuestionKey, answer: ReviewAnswer }),
]);
export type TeachRequest = z.infer<typeof TeachRequest>;

const PhotoOfGroup = z.object({ photoId: z.int(), groupId: z.string() });
export const MoveJson = PhotoOfGroup.extend({ confidence: z.number() });
export const QuestionsJson = z.object({ questions: z.array(ReviewQuestion), numOpen: z.int() });
export const AnswerPlanJson = z.object({
  key: QuestionKey,
  answer: ReviewAnswer,
  label: z.string(),
  numSettled: z.int(),
  placed: z.array(PhotoOfGroup),
  rejected: z.array(PhotoOfGroup),
  accepted: z.array(MoveJson),
  newGroup: z.object({ id: z.string(), splitFrom: z.string().nullable() }).nullable(),
  merge: z.object({ sourceId: z.string(), targetId: z.string() }).nullable(),
});

const TeachReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: WireError }),
]);
export type TeachReply = z.input<typeof TeachReply>;

/** The library's vectors are kept this long after the last question. */
const IDLE_MS = 120_000;

/** Answers one request after another. */
export class TeachThread {
  private readonly thread: IdleThread<unknown>;

  constructor(script: string, file: string) {
    this.thread = new IdleThread({
      script,
      file,
      reply: TeachReply,
      does: 'works out what corrections teach',
      idleMs: IDLE_MS,
    });
  }

  moves(signal?: AbortSignal): Promise<z.infer<typeof MoveJson>[]> {
    return this.ask({ kind: 'moves' }, z.array(MoveJson), signal);
  }

  questions(limit: number, signal?: AbortSignal): Promise<z.infer<typeof QuestionsJson>> {
    return this.ask({ kind: 'questions', limit }, QuestionsJson, signal);
  }

  /** @throws {AppError} `not-found` when the question is not open any more. */
  plan(key: string, answer: ReviewAnswer): Promise<z.infer<typeof AnswerPlanJson>> {
    return this.ask({ kind: 'plan', key, answer }, AnswerPlanJson);
  }

  close(): Promise<void> {
    return this.thread.close();
  }

  private async ask<T>(request: TeachRequest, result: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    return result.parse(await this.thread.ask(request, signal));
  }
}
