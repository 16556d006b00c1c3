import { MenuCommand } from '@shared/door';

import type { AppState } from './app.svelte';
import { isTyping } from './global-keys';

/** Does what the window's menu leaves to the page. A text field that has the keys undoes its own typing. */
export function handleMenuCommand(app: AppState, raw: unknown): void {
  const command = MenuCommand.parse(raw);
  switch (command) {
    case 'undo':
    case 'redo':
      // The only way to a text field's own undo; browsers keep it for this.
      if (isTyping(document.activeElement)) document.execCommand(command);
      else if (app.library.status && !app.dialogs.isAnyOpen) void app.edits[command]();
      return;
    case 'about':
      return app.dialogs.open({ kind: 'about' });
    case 'open-folder':
      void app.attempt(() => app.chooseLibrary());
  }
}
