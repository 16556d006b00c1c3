import type { GroupSummary } from '@shared/model/group';
import { type Certainty, certaintyOf } from '@shared/model/photo';

import { formatSpan } from './format';
import { t } from '../messages';

/** A group's mark: its mean confidence, on the same scale as a photo's. */
export function groupCertainty(group: GroupSummary): Certainty {
  return certaintyOf(group.confidence);
}

/** More of its photos are unsure than in a group that is one thing: worth splitting. */
const MIXED_SHARE = 0.3;
/** Of fewer photos a split would make no groups. */
const MIN_MIXED = 8;

export function isMixed(group: GroupSummary): boolean {
  return group.numPhotos >= MIN_MIXED && group.numUnsure / group.numPhotos > MIXED_SHARE;
}

/** One line on how well a group holds together. */
export function healthOf(group: GroupSummary): string {
  if (group.numPhotos === 0) return '';
  if (group.numUnsure / group.numPhotos > MIXED_SHARE) return t.group.health.mixed;
  return group.numSure / group.numPhotos >= 0.8 ? t.group.health.clear : t.group.health.mostly;
}

export function spanOf(group: GroupSummary): string | null {
  return formatSpan(group.firstTakenAt, group.lastTakenAt);
}
