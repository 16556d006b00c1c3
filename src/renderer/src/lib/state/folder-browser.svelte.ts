import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { FolderListing } from '@shared/model/library';

import { errorText } from '../error-text';

/** Walks the host's folders, one level at a time. The path field may hold a path that is not listed yet. */
export class FolderBrowser {
  listing = $state.raw<FolderListing | null>(null);
  path = $state('');
  error = $state<string | null>(null);
  isLoading = $state(false);
  #controller: AbortController | null = null;

  /** The parts of the listed path, each with the path up to it: «/», «home», «photos». */
  readonly crumbs: { name: string; path: string }[] = $derived.by(() => crumbsOf(this.listing?.path ?? ''));

  constructor(private readonly client: Client<AppContract>) {}

  /** Shows a folder; null is the person's home. */
  async show(path: string | null): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.isLoading = true;
    this.error = null;
    const pathBefore = this.path;
    try {
      this.listing = await this.client.call('folder.browse', { path }, { signal: controller.signal });
      // What the person typed in the meantime stands.
      if (this.path === pathBefore) this.path = this.listing.path;
    } catch (error) {
      if (controller.signal.aborted) return;
      // A home that cannot be read must not be a dead end.
      if (path === null) return this.show('/');
      this.error = errorText(error);
    }
    if (this.#controller === controller) this.isLoading = false;
  }
}

/** Splits a POSIX or a Windows path. */
export function crumbsOf(path: string): { name: string; path: string }[] {
  const separator = /^[A-Za-z]:\\|^\\\\/.test(path) ? '\\' : '/';
  const parts = path.split(separator).filter(Boolean);
  const root = separator === '/' && path.startsWith('/') ? [{ name: '/', path: '/' }] : [];
  const crumbs = parts.map((name, index) => {
    const joined = parts.slice(0, index + 1).join(separator);
    const isDrive = separator === '\\' && index === 0;
    return { name, path: separator === '/' ? `/${joined}` : isDrive ? `${joined}\\` : joined };
  });
  return [...root, ...crumbs];
}
