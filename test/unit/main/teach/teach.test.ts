import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import type { Store } from '@main/store/store';
import { planAnswer, recordAnswer, recordMoves } from '@main/teach/answer-edits';
import { answerTeachRequest } from '@main/teach/answer-request';
import { openQuestions } from '@main/teach/questions';
import { proposeMoves, teach } from '@main/teach/teach';
import { loadTeachModel, TeachModelCache } from '@main/teach/teach-model';
import { createRandom } from '@shared/random';
import { QuestionsJson } from '@main/teach/teach-thread';

import { editedTables, smallStore } from '../../../helpers/small-store';

const WIDTH = 12;
const PER_KIND = 20;

/**
 * Three kinds of photo, 20 each, along three directions; the run put the first two into one group and the third into another, and its head
 * says so.
 */
function taughtStore(): { store: Store; photoIds: number[]; groupIds: string[]; kindOf: (photoId: number) => number } {
  const { store, photoIds, groupIds } = smallStore({
    numPhotos: 3 * PER_KIND,
    groupSize: 2 * PER_KIND,
    numUnsorted: 0,
  });
  const random = createRandom(3);
  const values = Float32Array.from({ length: photoIds.length * WIDTH }, () => 0.12 * random.normal());
  const kind = (index: number): number => Math.floor(index / PER_KIND);
  photoIds.forEach((_, index) => (values[index * WIDTH + kind(index)]! += 1));
  for (let start = 0; start < values.length; start += WIDTH) {
    const length = Math.hypot(...values.subarray(start, start + WIDTH));
    for (let d = 0; d < WIDTH; d++) values[start + d]! /= length;
  }
  const featureModelId = store.learned.putFeatureModel('efficientnet-lite0', 'hash', new Uint8Array(1));
  store.learned.putVectors(featureModelId, photoIds, { columns: WIDTH, values });
  const near = (index: number): number[] => {
    const likeness = (other: number): number =>
      values
        .subarray(index * WIDTH, (index + 1) * WIDTH)
        .reduce((sum, value, d) => sum + value * values[other * WIDTH + d]!, 0);
    const others = photoIds.map((_, other) => other).filter((other) => other !== index);
    return others.sort((a, b) => likeness(b) - likeness(a)).slice(0, 8);
  };
  store.learned.putNeighbors(
    featureModelId,
    photoIds.map((photoId, index) => ({
      photoId,
      neighborIds: Int32Array.from(near(index), (other) => photoIds[other]!),
      similarities: new Float32Array(8).fill(0.9),
    })),
  );
  const weights = new Float32Array(2 * WIDTH);
  weights.set([1, 1, 0]);
  weights.set([0, 0, 1], WIDTH);
  store.heads.put({
    ...{ runId: store.placements.shownRun()!, featureModelId, width: WIDTH, groupIds, weights },
    ...{ biases: new Float32Array(2), numUnits: photoIds.length, miscShare: 0, learningVersion: 0 },
  });
  putTree(store, photoIds, groupIds, kind);
  return { store, photoIds, groupIds, kindOf: (photoId) => kind(photoIds.indexOf(photoId)) };
}

/** A leaf a kind, or as given; the first two kinds are one group. */
function putTree(
  store: Store,
  photoIds: number[],
  groupIds: string[],
  leafOf: (index: number) => number,
  merges = [
    { a: 0, b: 1, height: 1.2 },
    { a: 0, b: 2, height: 0.5 },
  ],
): void {
  const runId = store.placements.shownRun()!;
  const setLeaf = store.db.prepare('UPDATE placements SET leaf = ? WHERE run_id = ? AND photo_id = ?');
  photoIds.forEach((photoId, index) => setLeaf.run(leafOf(index), runId, photoId));
  const last = merges.length;
  const numClusters = last + 1;
  const leaves = Array.from({ length: numClusters }, (_, leaf) => ({
    ...{ leaf, isGuest: false },
    groupId: groupIds[leaf === last ? 1 : 0]!,
  }));
  const sizes = leaves.map(({ leaf }) => photoIds.filter((_, index) => leafOf(index) === leaf).length);
  store.trees.put(runId, { numClusters, merges, sizes }, 1, leaves);
}

describe('what follows from corrections', () => {
  it('proposes photos like those that were moved, and moves nothing itself', () => {
    const { store, photoIds, kindOf } = taughtStore();
    const model = loadTeachModel(store)!;
    expect(proposeMoves(model, teach(store, model))).toEqual([]);
    const { groupId } = new GroupEdits(store).create('Second kind', photoIds.slice(20, 26));
    const before = JSON.stringify(store.memberships.all());
    const moves = proposeMoves(model, teach(store, model));
    expect(JSON.stringify(store.memberships.all())).toBe(before);
    expect(moves.length).toBeGreaterThan(10);
    for (const move of moves) {
      expect(move.groupId).toBe(groupId);
      expect(kindOf(move.photoId)).toBe(1);
      expect(photoIds.slice(20, 26)).not.toContain(move.photoId);
    }
  });

  it('take nobody along with a photo that was the odd one out', () => {
    const { store, photoIds, groupIds } = taughtStore();
    const model = loadTeachModel(store)!;
    new GroupEdits(store).move([photoIds[5]!], groupIds[1]!);
    expect(proposeMoves(model, teach(store, model))).toEqual([]);
  });

  it('moves what the person accepts as one edit, which undo takes back and a photo’s own correction beats', () => {
    const { store, photoIds, groupIds } = taughtStore();
    const model = loadTeachModel(store)!;
    const edits = new GroupEdits(store);
    const { groupId } = edits.create('Second kind', photoIds.slice(20, 26));
    const before = editedTables(store);
    const moves = proposeMoves(model, teach(store, model));
    recordMoves(store, moves);
    const moved = moves[0]!.photoId;
    expect(store.memberships.of(moved)).toMatchObject({ group_id: groupId, is_placed: 0 });
    expect(proposeMoves(model, teach(store, model))).toEqual([]);
    edits.move([moved], groupIds[1]!);
    expect(store.memberships.of(moved)).toMatchObject({ group_id: groupIds[1], is_placed: 1 });
    edits.undo();
    edits.undo();
    expect(editedTables(store)).toBe(before);
  });

  it('stays where the person let it go when another run places it elsewhere', () => {
    const { store, photoIds, groupIds } = taughtStore();
    const model = loadTeachModel(store)!;
    const { groupId } = new GroupEdits(store).create('Second kind', photoIds.slice(20, 26));
    const moves = proposeMoves(model, teach(store, model));
    recordMoves(store, moves);
    const runId = store.runs.create(store.runs.options(store.placements.shownRun()!));
    const everywhere = photoIds.map((photoId) => ({ photoId, groupId: groupIds[0]!, confidence: 1, typicality: 1 }));
    store.placements.replaceAll(runId, everywhere);
    for (const { photoId } of moves) expect(store.memberships.of(photoId)?.group_id).toBe(groupId);
  });

  it('never proposes a group that was refused', () => {
    const { store, photoIds, groupIds } = taughtStore();
    const model = loadTeachModel(store)!;
    new GroupEdits(store).remove(photoIds.slice(0, 4));
    const taught = teach(store, model);
    for (const { photoId, groupId } of proposeMoves(model, taught)) {
      expect(photoIds.slice(0, 4)).not.toContain(photoId);
      expect(groupId).not.toBe(groupIds[0]);
    }
  });
});

describe('questions', () => {
  it('ask first about the part that does not fit its group, and «no» makes it a group of its own', () => {
    const { store, kindOf } = taughtStore();
    const model = loadTeachModel(store)!;
    const taught = teach(store, model);
    const [question] = openQuestions(store, model, taught);
    expect(question!.subject.kind).toBe('part');
    const kinds = (units: number[]): Set<number> => new Set(units.map((unit) => kindOf(model.unitIds[unit]!)));
    expect(kinds(question!.these).size).toBe(1);
    expect(kinds(question!.these)).not.toEqual(kinds(question!.those));
    const before = editedTables(store);
    recordAnswer(store, planAnswer(model, taught, question!, 'no'));
    expect(store.memberships.list(0).groups).toHaveLength(3);
    const groupsNow = new Set(question!.these.map((unit) => store.memberships.of(model.unitIds[unit]!)!.group_id));
    expect(groupsNow.size).toBe(1);
    new GroupEdits(store).undo();
    expect(editedTables(store)).toBe(before);
  });

  it('take along with «no» what is like the photos shown, and not what the tree has beside them', () => {
    const { store, photoIds, groupIds, kindOf } = taughtStore();
    // A quarter of the first kind is in the leaf of the second, and the other way round.
    const strays = [0, 1, 2, 3, 4, 20, 21, 22, 23, 24];
    const leafOf = (index: number): number => {
      const kind = kindOf(photoIds[index]!);
      return strays.includes(index) ? 1 - kind : kind;
    };
    putTree(store, photoIds, groupIds, leafOf);
    const model = loadTeachModel(store)!;
    const taught = teach(store, model);
    const question = openQuestions(store, model, taught).find(({ subject }) => subject.kind === 'part')!;
    const { accepted, label } = planAnswer(model, taught, question, 'no');
    const kind = kindOf(model.unitIds[question.these[0]!]!);
    expect(accepted.length).toBeGreaterThan(12);
    for (const { photoId } of accepted) expect(kindOf(photoId)).toBe(kind);
    expect(label).toContain(`${accepted.length + question.these.length} photos became a group of their own`);
  });

  it('ask about look-alikes at once, and «yes» confirms each of them', () => {
    const { store, kindOf } = taughtStore();
    const model = loadTeachModel(store)!;
    const taught = teach(store, model);
    const question = openQuestions(store, model, taught).find(
      ({ subject, these }) => subject.kind === 'place' && these.length > 1,
    )!;
    const ids = question.these.map((unit) => model.unitIds[unit]!);
    expect(new Set(ids.map(kindOf)).size).toBe(1);
    expect(question.numSettled).toBe(ids.length);
    recordAnswer(store, planAnswer(model, taught, question, 'yes'));
    for (const id of ids) expect(store.memberships.of(id)).toMatchObject({ is_placed: 1 });
    const open = openQuestions(store, model, teach(store, model));
    expect(open.some(({ subject, these }) => subject.kind === 'place' && these.includes(question.these[0]!))).toBe(
      false,
    );
  });

  it('are not asked again once they were answered, «not sure» included', () => {
    const { store } = taughtStore();
    const model = loadTeachModel(store)!;
    const taught = teach(store, model);
    const [question] = openQuestions(store, model, taught);
    recordAnswer(store, planAnswer(model, taught, question!, 'unsure'));
    const keys = openQuestions(store, model, teach(store, model)).map(({ key }) => key);
    expect(keys).not.toContain(question!.key);
    new GroupEdits(store).undo();
    expect(openQuestions(store, model, teach(store, model))[0]!.key).toBe(question!.key);
  });

  it('ask of the pieces of a group that was taken apart to which kind they belong, and after «no» at once about another', () => {
    const { store, photoIds, groupIds } = taughtStore();
    // Two leaves a kind of the mixed group.
    const merges = [
      { a: 0, b: 1, height: 3 },
      { a: 2, b: 3, height: 2.5 },
      { a: 0, b: 2, height: 1.2 },
      { a: 0, b: 4, height: 0.5 },
    ];
    putTree(store, photoIds, groupIds, (index) => Math.min(4, Math.floor((2 * index) / PER_KIND)), merges);
    const model = loadTeachModel(store)!;
    const ask = () => {
      const taught = teach(store, model);
      return { taught, open: openQuestions(store, model, taught) };
    };
    const first = ask();
    const part = first.open.find(({ subject }) => subject.kind === 'part')!;
    recordAnswer(store, planAnswer(model, first.taught, part, 'no'));
    const second = ask();
    const piece = second.open[0]!;
    expect(second.open.some(({ subject }) => subject.kind === 'part' && subject.groupId === groupIds[0])).toBe(false);
    expect(piece.subject.kind).toBe('place');
    expect(piece.these).toHaveLength(4);
    expect(new Set(piece.these.map((unit) => model.leaves[unit])).size).toBe(1);
    recordAnswer(store, planAnswer(model, second.taught, piece, 'no'));
    const { open } = ask();
    for (const unit of open[0]!.these) expect(piece.these).toContain(unit);
    const refused = piece.subject.kind === 'place' && piece.subject.groupId;
    for (const { subject, these } of open) {
      const isAboutRefused = these.some((unit) => piece.these.includes(unit));
      if (isAboutRefused) expect(subject).not.toMatchObject({ groupId: refused });
    }
  });

  it('never ask whether two groups are one of which an answer just took one out of the other', () => {
    const { store, groupIds } = taughtStore();
    const model = loadTeachModel(store)!;
    const taught = teach(store, model);
    const part = openQuestions(store, model, taught).find(({ subject }) => subject.kind === 'part')!;
    const { newGroup, ...plan } = planAnswer(model, taught, part, 'no');
    recordAnswer(store, { ...plan, newGroup });
    const both = [groupIds[0], newGroup!.id].sort();
    const merges = openQuestions(store, model, teach(store, model)).flatMap(({ subject }) =>
      subject.kind === 'merge' ? [[subject.sourceId, subject.targetId].sort()] : [],
    );
    expect(merges).not.toContainEqual(both);
  });

  it('do not show photos that were not sure in other company for the same group', () => {
    const { store } = taughtStore();
    const model = loadTeachModel(store)!;
    const taught = teach(store, model);
    const bunch = openQuestions(store, model, taught).find(
      ({ subject, these }) => subject.kind === 'place' && these.length > 2,
    )!;
    recordAnswer(store, planAnswer(model, taught, bunch, 'unsure'));
    const again = openQuestions(store, model, teach(store, model)).filter(
      ({ subject, these }) =>
        subject.kind === 'place' && 2 * these.filter((unit) => bunch.these.includes(unit)).length >= these.length,
    );
    expect(again).toEqual([]);
  });

  it('come in the order of what an answer settles', () => {
    const { store } = taughtStore();
    const model = loadTeachModel(store)!;
    const values = openQuestions(store, model, teach(store, model)).map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('are none, and nothing moves, in a library whose run left no head', () => {
    const { store } = smallStore();
    const models = new TeachModelCache();
    expect(answerTeachRequest(store, models, { kind: 'moves' })).toEqual([]);
    const none = QuestionsJson.parse(answerTeachRequest(store, models, { kind: 'questions', limit: 5 }));
    expect(none.questions).toEqual([]);
    const plan = { kind: 'plan', key: 'place:1:x', answer: 'yes' } as const;
    expect(() => answerTeachRequest(store, models, plan)).toThrow(/not there any more/);
  });
});
