import { keepApart } from '../../groups/keep-apart';
import { smallestGroup } from '../../scan/clustering/clustering';
import type { Placement } from '../../store/placements';
import { leftoversOf } from '../../teach/leftovers';
import { teach } from '../../teach/teach';
import { loadTeachModel } from '../../teach/teach-model';
import { hasManyNew, miscShare, whyLearnAgain } from '../pays-to-learn';
import { type StageContext, timeStage } from '../stage-context';
import type { BaseRun } from './base-run';
import { compareNew } from './compare-new';
import type { JoinedUnits } from './join-units';
import { placeBeside, voteOnNew } from './vote-new';

/**
 * Instead of stages 3 to 7, for a few new photos: gives them their groups by what a run learned and by what the person said since, without
 * training. Photos that the run placed are not touched.
 *
 * @returns Whether that was done. If not, it pays to learn from all photos again.
 */
export async function placeNew(context: StageContext, units: JoinedUnits, base: BaseRun): Promise<boolean> {
  const { store, progress } = context;
  const before = store.placements.of(base.runId);
  const newIds = units.photoIds.filter((id) => !before.has(id));
  if (newIds.length === 0) return true;
  return timeStage(context, 'assign', async (record) => {
    progress.begin('assign', 'Placing new photos', newIds.length);
    const { unitIdOf, knownMember } = membersOf(units, before);
    const isNew = (unitId: number): boolean => !knownMember.has(unitId);
    const cameLater = new Set(store.learned.cameLater(base.head.featureModelId));
    const numNew = units.standIns.photoIds.filter((id) => isNew(id) || cameLater.has(id)).length;
    const { numUnits: numLearned, miscShare: miscShareThen } = base.head;
    const since = { numLearned, numNew, miscShareThen, miscShareNow: miscShareThen };
    let placements: Placement[] = [];
    let leftovers: number[][] = [];
    if (!hasManyNew(since)) {
      placements = await findPlaces();
      const present = [...units.photoIds.flatMap((id) => before.get(id) ?? []), ...placements];
      since.miscShareNow = miscShare(present);
    }
    const why = whyLearnAgain(since);
    if (why !== null) {
      context.find(why);
      return false;
    }
    store.placements.add(base.runId, placements);
    const finding = describe(placements);
    Object.assign(record, { items: newIds.length, note: finding });
    context.find(finding);
    for (const { length } of leftovers)
      context.find(
        `${length} photos in no group are like each other and like nobody else: Review asks whether they are one.`,
      );
    context.changed();
    return true;

    async function findPlaces(): Promise<Placement[]> {
      const compared = await compareNew(context, units.standIns, base, isNew);
      const model = loadTeachModel(store)!;
      const taught = teach(store, model);
      const about = { store, seed: context.options.seed, before, rowGroupIds: base.head.groupIds };
      const { placeOf, isLeft } = voteOnNew({ ...about, compared, taught, isNew });
      leftovers = leftoversOf(model, isLeft, smallestGroup(numLearned)).filter((set) =>
        set.some((unit) => isNew(model.unitIds[unit]!)),
      );
      const found = newIds.map((photoId): Placement => {
        const unitId = unitIdOf(photoId);
        const likeIt = knownMember.get(unitId);
        return { photoId, ...(likeIt === undefined ? placeOf(unitId) : placeBeside(about, likeIt)) };
      });
      const shown = new Map(store.memberships.all().map((row) => [row.photo_id, row.group_id]));
      newIds.forEach((id) => shown.delete(id));
      return keepApart(found, store.pairs.listPairConstraints(), shown);
    }
  });
}

/** The unit of each photo, and of each unit a photo that was placed before: the one that stands for it, if it was. */
function membersOf(
  { photoIds, unitIndex, standIns }: JoinedUnits,
  before: ReadonlyMap<number, Placement>,
): { unitIdOf: (photoId: number) => number; knownMember: ReadonlyMap<number, number> } {
  const unitIdByPhotoId = new Map(photoIds.map((id, photo) => [id, standIns.photoIds[unitIndex[photo]!]!]));
  const knownMember = new Map<number, number>();
  for (const [photoId, unitId] of unitIdByPhotoId) {
    if (before.has(photoId) && (photoId === unitId || !knownMember.has(unitId))) knownMember.set(unitId, photoId);
  }
  return { unitIdOf: (photoId) => unitIdByPhotoId.get(photoId)!, knownMember };
}

function describe(placements: readonly Placement[]): string {
  const count = placements.length === 1 ? '1 new photo' : `${placements.length.toLocaleString('en')} new photos`;
  const numUnsorted = placements.filter(({ groupId }) => groupId === null).length;
  const rest =
    numUnsorted === 0 ? '' : ` In Unsorted, for they resemble no group: ${numUnsorted.toLocaleString('en')}.`;
  return `Placed ${count} without learning again; nothing else moved.${rest}`;
}
