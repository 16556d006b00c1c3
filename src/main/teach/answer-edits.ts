import { randomUUID } from 'node:crypto';

import type { HistoryEntry } from '@shared/model/history';
import type { ReviewAnswer } from '@shared/model/teach';

import type { RowEditor } from '../store/journal';
import type { Store } from '../store/store';
import type { Question } from './question';
import { confidenceIn, type Move, proposeMoves, spreadSaid, type Taught } from './teach';
import type { TeachModel } from './teach-model';

/** What an answer writes, worked out beside the model and written by the host: one edit. */
export interface AnswerPlan {
  key: string;
  answer: ReviewAnswer;
  label: string;
  /** Photos that the person was shown and judged. */
  placed: { photoId: number; groupId: string }[];
  rejected: { photoId: number; groupId: string }[];
  /** Photos that go along without having been shown. */
  accepted: Move[];
  /** A group that comes into being; `placed` and `accepted` may name it. */
  newGroup: { id: string; splitFrom: string | null } | null;
  merge: { sourceId: string; targetId: string } | null;
}

/** Works out what an answer does. */
export function planAnswer(model: TeachModel, taught: Taught, question: Question, answer: ReviewAnswer): AnswerPlan {
  const { subject, these, those, key } = question;
  const nothing = { key, answer, placed: [], rejected: [], accepted: [], newGroup: null, merge: null };
  const said = `Answered “${{ yes: 'yes', no: 'no', unsure: 'not sure' }[answer]}”`;
  if (answer === 'unsure') return { ...nothing, label: said };
  const photos = (units: readonly number[], groupId: string): { photoId: number; groupId: string }[] =>
    units.flatMap((unit) => taught.members[unit]!.map((photoId) => ({ photoId, groupId })));
  const along = (units: readonly number[], groupId: string): Move[] => {
    const own = new Int32Array(taught.current.length).fill(-1);
    for (const unit of units) own[unit] = 0;
    const isOpen = (unit: number): boolean => !taught.isPlaced[unit] && !these.includes(unit) && !those.includes(unit);
    return units.filter(isOpen).flatMap((unit) => {
      const confidence = confidenceIn(model, own, unit, 0, 1);
      return taught.members[unit]!.map((photoId) => ({ photoId, groupId, confidence }));
    });
  };
  const count = (num: number): string => (num === 1 ? '1 photo' : `${num.toLocaleString('en')} photos`);
  switch (subject.kind) {
    case 'part': {
      const known = photos(those, subject.groupId);
      if (answer === 'yes') {
        return { ...nothing, label: `${said}: one group`, placed: [...photos(these, subject.groupId), ...known] };
      }
      const newGroup = { id: randomUUID(), splitFrom: subject.groupId };
      const own = photos(these, newGroup.id);
      const accepted = following(model, taught, question, newGroup);
      return {
        ...nothing,
        label: `${said}: ${count(own.length + accepted.length)} became a group of their own`,
        ...{ placed: [...own, ...known], accepted, newGroup },
      };
    }
    case 'merge': {
      const { sourceId, targetId } = subject;
      if (answer === 'yes') {
        const label = `${said}: merged ${count(question.numSettled)} into another group`;
        return { ...nothing, label, merge: { sourceId, targetId } };
      }
      return { ...nothing, label: `${said}: two groups stay two` };
    }
    case 'place': {
      const own = photos(these, subject.groupId);
      if (answer === 'yes') return { ...nothing, label: `${said}: ${count(own.length)} confirmed`, placed: own };
      return { ...nothing, label: `${said}: ${count(own.length)} taken out of a group`, rejected: own };
    }
    case 'form': {
      if (answer === 'no') return { ...nothing, label: `${said}: no group made` };
      const newGroup = { id: randomUUID(), splitFrom: null };
      return {
        ...nothing,
        label: `${said}: made a group of ${count(question.numSettled)}`,
        placed: photos([...these, ...those], newGroup.id),
        accepted: along(subject.units, newGroup.id),
        newGroup,
      };
    }
  }
}

/** The photos that go into the group that a «no» makes of a part: those that are more like it than like what stays. */
function following(
  model: TeachModel,
  taught: Taught,
  { these, those }: Question,
  newGroup: { id: string; splitFrom: string },
): Move[] {
  const placed = new Map(taught.lessons.placed);
  for (const unit of these) placed.set(unit, newGroup.id);
  for (const unit of those) placed.set(unit, newGroup.splitFrom);
  const isPlaced = taught.isPlaced.slice();
  for (const unit of [...these, ...those]) isPlaced[unit] = 1;
  const current = taught.current.slice();
  const groupIds = [...taught.groupIds, newGroup.id];
  for (const unit of these) current[unit] = groupIds.length - 1;
  const after = spreadSaid(model, {
    ...{ ...taught, groupIds, current, isPlaced },
    lessons: { ...taught.lessons, placed },
    divided: new Set([...taught.divided, newGroup.splitFrom]),
  });
  return proposeMoves(model, after).filter(({ groupId }) => groupId === newGroup.id);
}

/** Writes an answer as one edit that can be undone. */
export function recordAnswer(store: Store, plan: AnswerPlan): HistoryEntry {
  const at = new Date().toISOString();
  return record(store, plan.label, (rows) => {
    if (plan.newGroup) {
      const { id, splitFrom } = plan.newGroup;
      const plain = { name: null, cover_photo_id: null, is_hidden: 0, is_pinned: 0, merged_into: null };
      rows.put('groups', { id, ...plain, split_from: splitFrom, made_by: 'person', created_at: at });
    }
    for (const { photoId, groupId } of plan.placed) {
      rows.put('overrides', { photo_id: photoId, group_id: groupId, created_at: at });
      rows.remove('rejections', { photo_id: photoId, group_id: groupId });
    }
    for (const { photoId, groupId } of plan.rejected) {
      rows.put('rejections', { photo_id: photoId, group_id: groupId, created_at: at });
    }
    putAccepted(rows, plan.accepted, at);
    if (plan.merge) mergeGroups(store, rows, plan.merge);
    rows.put('answers', { question: plan.key, answer: plan.answer, created_at: at });
  });
}

/** Lets photos follow a correction: one edit, below what the person says of a photo itself (see [Note: Accepted, not placed]). */
export function recordMoves(store: Store, moves: readonly Move[]): HistoryEntry {
  const count = moves.length === 1 ? '1 photo follow' : `${moves.length.toLocaleString('en')} photos follow`;
  return record(store, `Let ${count} your corrections`, (rows) => putAccepted(rows, moves, new Date().toISOString()));
}

function putAccepted(rows: RowEditor, moves: readonly Move[], at: string): void {
  for (const { photoId, groupId, confidence } of moves) {
    rows.put('accepted_moves', { photo_id: photoId, group_id: groupId, confidence, created_at: at });
  }
}

function mergeGroups(
  store: Store,
  rows: RowEditor,
  { sourceId, targetId }: { sourceId: string; targetId: string },
): void {
  // Aliases stay one step deep, so that the view need not walk a chain.
  const merged = store.db
    .prepare<[string, string], Record<string, string | number | null>>(
      'SELECT * FROM groups WHERE id = ? OR merged_into = ?',
    )
    .all(sourceId, sourceId);
  for (const group of merged) rows.put('groups', { ...group, merged_into: targetId });
}

function record(store: Store, label: string, edit: (rows: RowEditor) => void): HistoryEntry {
  const { entry } = store.journal.record(label, edit);
  store.library.bumpRevision();
  return entry;
}
