import type { GroupSummary } from '@shared/model/group';
import { type Certainty, certaintyOf } from '@shared/model/photo';

import { formatSpan } from './format';
import { t } from '../messages';

/** A group's mark: its mean confidence, on the same scale as a photo's. */
export function groupCertainty(group: GroupSummary): Certainty {
  return certaintyOf(group.confidence);
}

/** One line on how well a group holds together. */
export function healthOf(group: GroupSummary): string {
  if (group.numPhotos === 0) return '';
  const unsure = group.numUnsure / group.numPhotos;
  if (unsure > 0.3) return t.group.health.mixed;
  return group.numSure / group.numPhotos >= 0.8 ? t.group.health.clear : t.group.health.mostly;
}

export function spanOf(group: GroupSummary): string | null {
  return formatSpan(group.firstTakenAt, group.lastTakenAt);
}
