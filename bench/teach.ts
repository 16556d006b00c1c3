/**
 * @file How much a person teaches with each answer: answers to the question queue are simulated from hidden folder names, and groups are
 * compared with the truth on photos that no question ever showed, in either order.
 *
 *   npm run -s bench:teach -- --json [--seeds 3] [--first-seed 1] [--answers 200] [--photos ../shared/photos/tiny]
 *
 * The simulated person sees what the screen shows. They say «yes» when more than half of the photos on each side are of one kind and it is
 * the same kind, «no» when the kinds differ, «not sure» when a side is mixed; and they accept what follows from a correction. The random
 * order draws from the same open questions, each with the same chance. Photos in no group count as groups of one.
 */
import { basename, join, resolve } from 'node:path';

import { ari } from '@main/scan/math/metrics';
import { createRandom, deriveSeed } from '@shared/random';
import { planAnswer, recordAnswer, recordMoves } from '@main/teach/answer-edits';
import { openQuestions } from '@main/teach/questions';
import { proposeMoves, teach } from '@main/teach/teach';
import { loadTeachModel } from '@main/teach/teach-model';
import type { ReviewAnswer } from '@shared/model/teach';

import { atMost, numberOption, printBench, round, textOption, type Bar } from './report';
import { scannedLibrary, truthByPhotoId } from './teach/scanned';

const numSeeds = numberOption('seeds', 3);
const firstSeed = numberOption('first-seed', 1);
const numAnswers = numberOption('answers', 200);
const folder = resolve(textOption('photos') ?? join(import.meta.dirname, '..', '..', 'shared', 'photos', 'tiny'));
const STEP = 5;
const marks = [25, 50, 100, 200].filter((mark) => mark <= numAnswers);
const NUM_VIEWS = 5;

interface Course {
  truth: ReadonlyMap<number, string>;
  shown: ReadonlySet<number>;
  /** The group of each photo after 0, STEP, 2·STEP … answers. */
  snapshots: ReadonlyMap<number, string>[];
  kinds: Record<string, number>;
  answers: Record<string, number>;
  numGroups: number;
  /** From each answer until what follows and the next question are there, in order. */
  waitsMs: number[];
}

async function runCourse(order: 'queue' | 'random', seed: number): Promise<Course> {
  const { store, close } = await scannedLibrary(folder, basename(folder), seed, NUM_VIEWS);
  try {
    const truth = truthByPhotoId(store);
    const model = loadTeachModel(store)!;
    const random = createRandom(deriveSeed(seed, 'teach', order));
    const shown = new Set<number>();
    const snapshots = [labelsOf(store.memberships.all())];
    const kinds: Record<string, number> = {};
    const answers: Record<string, number> = {};
    const waitsMs: number[] = [];
    let taught = teach(store, model);
    let questions = openQuestions(store, model, taught);
    for (let n = 1; n <= numAnswers; n++) {
      const question = order === 'queue' ? questions[0] : questions[random.int(questions.length)];
      if (!question) break;
      const photosOf = (units: number[]): number[] => units.map((unit) => model.unitIds[unit]!);
      const sides = [photosOf(question.these), photosOf(question.those)] as const;
      const answer = answerOf(sides, truth);
      sides.flat().forEach((id) => shown.add(id));
      kinds[question.subject.kind] = (kinds[question.subject.kind] ?? 0) + 1;
      answers[`${question.subject.kind} ${answer}`] = (answers[`${question.subject.kind} ${answer}`] ?? 0) + 1;
      const startedMs = performance.now();
      recordAnswer(store, planAnswer(model, taught, question, answer));
      const moves = proposeMoves(model, teach(store, model));
      if (moves.length > 0) recordMoves(store, moves);
      taught = teach(store, model);
      questions = openQuestions(store, model, taught);
      waitsMs.push(performance.now() - startedMs);
      if (n % STEP === 0) snapshots.push(labelsOf(store.memberships.all()));
    }
    const waits = waitsMs.map(Math.round).sort((a, b) => a - b);
    const numGroups = store.memberships.list(0).groups.length;
    return { truth, shown, snapshots, kinds, answers, numGroups, waitsMs: waits };
  } finally {
    close();
  }
}

/** ARI after 0, STEP, 2·STEP … answers on photos that no course showed. */
function curveOf({ truth, snapshots }: Course, courses: readonly Course[]): number[] {
  const untouched = [...truth.keys()].filter((id) => !courses.some(({ shown }) => shown.has(id)));
  const classes = [...new Set(truth.values())];
  const wanted = untouched.map((id) => classes.indexOf(truth.get(id)!));
  return snapshots.map((labels) => ari(wanted, compact(untouched.map((id) => labels.get(id)!))));
}

function labelsOf(rows: { photo_id: number; group_id: string | null }[]): Map<number, string> {
  return new Map(rows.map((row) => [row.photo_id, row.group_id ?? `alone ${row.photo_id}`]));
}

function compact(labels: string[]): number[] {
  const numbers = new Map<string, number>();
  return labels.map((label) => numbers.get(label) ?? numbers.set(label, numbers.size).size - 1);
}

/** The kind that more than half of some photos are of; null where none is. */
function majority(ids: readonly number[], truth: ReadonlyMap<number, string>): string | null {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(truth.get(id)!, (counts.get(truth.get(id)!) ?? 0) + 1);
  const [top] = [...counts].sort((a, b) => b[1] - a[1]);
  return top && top[1] * 2 > ids.length ? top[0] : null;
}

function answerOf([these, those]: readonly [number[], number[]], truth: ReadonlyMap<number, string>): ReviewAnswer {
  const [a, b] = [majority(these, truth), majority(those, truth)];
  if (a === null || b === null) return 'unsure';
  return a === b ? 'yes' : 'no';
}

/** Answers until a curve first reaches a height, between its points linearly; infinite where it never does. */
function answersFor(curve: readonly number[], height: number): number {
  const at = curve.findIndex((value) => value >= height);
  if (at < 0) return Infinity;
  if (at === 0) return 0;
  return STEP * (at - 1 + (height - curve[at - 1]!) / (curve[at]! - curve[at - 1]!));
}

const seeds = Array.from({ length: numSeeds }, (_, index) => firstSeed + index);
interface Told extends Pick<Course, 'kinds' | 'answers' | 'numGroups' | 'waitsMs'> {
  order: 'queue' | 'random';
  seed: number;
  curve: number[];
  numShown: number;
}
const courses: Told[] = [];
for (const seed of seeds) {
  const both = { queue: await runCourse('queue', seed), random: await runCourse('random', seed) };
  for (const order of ['queue', 'random'] as const) {
    const { shown, kinds, answers, numGroups, waitsMs } = both[order];
    const curve = curveOf(both[order], [both.queue, both.random]);
    courses.push({ order, seed, curve, numShown: shown.size, kinds, answers, numGroups, waitsMs });
    console.error(order, seed, curve.map((value) => value.toFixed(3)).join(' '));
  }
}
const mean = (order: 'queue' | 'random'): number[] => {
  const own = courses.filter((course) => course.order === order);
  return own[0]!.curve.map((_, step) => own.reduce((sum, { curve }) => sum + curve[step]!, 0) / own.length);
};
const [queue, random] = [mean('queue'), mean('random')];
const at = (curve: number[], n: number): number => curve[n / STEP]!;
const bars: Bar[] = marks.map((mark, index) => {
  const before = at(queue, index === 0 ? 0 : marks[index - 1]!);
  const value = at(queue, mark);
  return { name: `ARI after ${mark} answers`, value: round(value), bar: `> ${round(before)}`, ok: value > before };
});
for (const mark of marks.filter((n) => n >= 50)) {
  const needed = answersFor(queue, at(random, mark));
  const name = `answers of the queue for the ARI of ${mark} random ones`;
  bars.push({ name, value: round(needed), bar: `≤ ${mark / 2}`, ok: needed <= mark / 2 });
}
const waits = courses.flatMap(({ order, waitsMs }) => (order === 'queue' ? waitsMs : [])).sort((a, b) => a - b);
const slowest = waits[Math.floor(0.95 * waits.length)]!;
bars.push(atMost('ms from an answer to the next question, 95 of 100', slowest, 1000));
printBench(bars, { start: round(queue[0]!), queue: queue.map(round), random: random.map(round), step: STEP, courses });
