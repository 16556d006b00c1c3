import type { AppState } from './app.svelte';

/** Fields that take no text, so have nothing of their own to undo. */
const TEXTLESS = new Set(['range', 'checkbox', 'radio', 'button']);

/** The element takes text, or a choice, by keys. */
export function isTyping(element: EventTarget | null): boolean {
  return (
    (element instanceof HTMLInputElement && !TEXTLESS.has(element.type)) ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/** The keys that work everywhere in the window. Text fields keep their own undo. */
export function handleGlobalKey(app: AppState, event: KeyboardEvent, focusSearch: () => void): void {
  if (event.defaultPrevented || !app.library.status || app.dialogs.isAnyOpen) return;
  // With Alt, the same keys are the window's own: the zoom of the whole page.
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  if (isCommand && key === 'f') focusSearch();
  else if (isCommand && (event.key === '+' || event.key === '=')) app.preferences.resizeThumbnails(1);
  else if (isCommand && event.key === '-') app.preferences.resizeThumbnails(-1);
  else if (isTyping(event.target)) return;
  else if (isCommand && key === 'z') void (event.shiftKey ? app.edits.redo() : app.edits.undo());
  else if (isCommand && key === 'y') void app.edits.redo();
  else if (event.key === '?' && !isCommand) app.dialogs.open({ kind: 'shortcuts' });
  else if (isCommand || event.altKey || app.dialogs.isPhotoOpen) return;
  else if (key === 'f' && app.followers.preview) app.dialogs.open({ kind: 'follow' });
  else if (key === 'r' && app.canReview) app.router.go({ name: 'review' });
  else return;
  event.preventDefault();
}
