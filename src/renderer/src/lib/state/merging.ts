import type { GroupSummary } from '@shared/model/group';

import { t } from '../../messages';
import type { AppState } from './app.svelte';

/** Merges two groups. Two names that the person gave are never joined without asking. */
export function mergeGroups(app: AppState, source: GroupSummary, target: GroupSummary): void {
  if (source.id === target.id) return;
  const merge = (): void => void app.edits.merge(source, target);
  if (source.name === null || target.name === null) return merge();
  app.dialogs.ask({
    title: t.merge.title,
    text: t.merge.text(source.name, source.numPhotos, target.name, target.numPhotos),
    confirm: t.merge.confirm(target.name),
    onConfirm: merge,
  });
}
