/* eslint-disable svelte/prefer-svelte-reactivity -- Nobody watches the timers. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'error';
  action?: { label: string; run: () => void };
}

const PLAIN_MS = 6_000;
const ERROR_MS = 12_000;

/**
 * Short messages at the edge of the window. Only the newest may carry Undo: an older one would undo something else. A message that is still
 * there comes again in place of itself, so that trying thrice does not stack three of it.
 */
export class Toasts {
  list = $state<Toast[]>([]);
  #nextId = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
    const toast: Toast = { id: this.#nextId++, text, tone: options.tone ?? 'plain', action: options.action };
    const kept = this.list.filter((other) => !(toast.action && other.action) && other.text !== toast.text);
    this.list = [...kept.slice(-2), toast];
    this.#arm(toast);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Nothing disappears under the pointer or the focus. */
  hold(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  resume(): void {
    for (const toast of this.list) this.#arm(toast);
  }

  #arm(toast: Toast): void {
    clearTimeout(this.#timers.get(toast.id));
    const timer = setTimeout(() => this.dismiss(toast.id), toast.tone === 'error' ? ERROR_MS : PLAIN_MS);
    this.#timers.set(toast.id, timer);
  }
}
