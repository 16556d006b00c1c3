export type Theme = 'system' | 'light' | 'dark';
const KEY = 'kindred.theme';

function read(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Light, dark or the system's, kept for this device. Without a choice the style sheet follows the system by itself. */
export class ThemeState {
  choice = $state<Theme>(read());

  constructor() {
    this.#apply();
  }

  set(choice: Theme): void {
    this.choice = choice;
    localStorage.setItem(KEY, choice);
    this.#apply();
  }

  #apply(): void {
    if (this.choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.choice;
  }
}
