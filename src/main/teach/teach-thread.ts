/** @file What corrections teach is worked out on a thread of its own: it takes a tenth of a second or more, which the host does not have. */
import { Worker } from 'node:worker_threads';

import { z } from 'zod';

import { AppError, WireError } from '@shared/ipc/errors';
import { QuestionKey, ReviewAnswer, ReviewQuestion } from '@shared/model/teach';

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

/** The thread goes, and its copy of the library's vectors with it, when nobody asked for this long. */
const IDLE_MS = 120_000;

/** Answers one request after another. */
export class TeachThread {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly script: string,
    private readonly file: string,
  ) {}

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

  async close(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.worker?.terminate();
    this.worker = null;
  }

  private ask<T>(request: TeachRequest, result: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const asked = this.last.then(async () => {
      signal?.throwIfAborted();
      return result.parse(await this.askNow(request));
    });
    this.last = asked.catch(() => undefined);
    return asked;
  }

  private async askNow(request: TeachRequest): Promise<unknown> {
    clearTimeout(this.idleTimer);
    const worker = (this.worker ??= new Worker(this.script, { workerData: { file: this.file } }));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onExit = (): void => reject(new Error('The thread that corrections teach on has ended.'));
    worker.once('message', resolve).once('error', reject).once('exit', onExit);
    try {
      worker.postMessage(request);
      const reply = TeachReply.parse(await promise);
      if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
      return reply.result;
    } catch (error) {
      if (!(error instanceof AppError)) await this.close();
      throw error;
    } finally {
      worker.off('message', resolve).off('error', reject).off('exit', onExit);
      this.idleTimer = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }
}
