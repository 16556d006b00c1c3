import type { GroupId, PhotoId } from '@shared/model/ids';
import type { ReviewQuestion } from '@shared/model/teach';

import { notFound } from '../store/journal';
import type { Store } from '../store/store';
import { planAnswer } from './answer-edits';
import type { Question } from './question';
import { openQuestions } from './questions';
import { proposeMoves, teach, type Taught } from './teach';
import type { TeachModel, TeachModelCache } from './teach-model';
import type { TeachRequest } from './teach-thread';

/** Works out one answer for the host. A library without a head has nothing to teach: no moves, no questions. */
export function answerTeachRequest(store: Store, models: TeachModelCache, request: TeachRequest): unknown {
  const model = models.get(store);
  if (!model) {
    if (request.kind === 'plan') throw notFound('question');
    return request.kind === 'moves' ? [] : { questions: [], numOpen: 0 };
  }
  const taught = teach(store, model);
  if (request.kind === 'moves') return proposeMoves(model, taught);
  const open = openQuestions(store, model, taught);
  if (request.kind === 'questions') {
    const worth = open.filter(({ value }) => value >= MIN_VALUE);
    return {
      questions: worth.slice(0, request.limit).map((question) => toWire(model, taught, question)),
      numOpen: worth.length,
    };
  }
  const question = open.find(({ key }) => key === request.key);
  if (!question) throw notFound('question');
  return { ...planAnswer(model, taught, question, request.answer), numSettled: question.numSettled };
}

/** A question worth less than this is not worth a person's time: its answer is nearly known. */
const MIN_VALUE = 0.3;

function toWire(
  { unitIds }: TeachModel,
  taught: Taught,
  { key, subject, these, those, numSettled }: Question,
): ReviewQuestion {
  const ids = (units: readonly number[]): PhotoId[] => units.map((unit) => unitIds[unit] as PhotoId);
  const groupOf = (units: readonly number[]): GroupId | null => {
    const column = taught.current[units[0]!] ?? -1;
    return column < 0 ? null : (taught.groupIds[column] as GroupId);
  };
  return {
    ...{ key, kind: subject.kind, these: ids(these), those: ids(those), numSettled },
    theseGroupId: subject.kind === 'form' ? null : groupOf(these),
    thoseGroupId: subject.kind === 'form' ? null : groupOf(those),
  };
}
