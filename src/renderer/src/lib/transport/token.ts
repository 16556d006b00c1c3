const KEY = 'kindred.token';

/**
 * Takes the page's token out of the address (`#token=…` or `?token=…`), so that it is neither bookmarked nor shown, and keeps it
 * for this tab: a reload needs it again.
 *
 * @returns The token, or null when the page was opened without one.
 */
export function takeToken(location: Location, history: History, storage: Storage): string | null {
  const url = new URL(location.href);
  const fragment = new URLSearchParams(url.hash.replace(/^#\/?/, ''));
  const token = fragment.get('token') ?? url.searchParams.get('token');
  if (!token) return storage.getItem(KEY);
  storage.setItem(KEY, token);
  url.searchParams.delete('token');
  if (fragment.has('token')) url.hash = '';
  history.replaceState(null, '', url.href.replace(/#$/, ''));
  return token;
}

/** Address of the host's socket for the page at `location`. */
export function socketUrl(location: Location, token: string | null): string {
  const url = new URL('/socket', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  if (token) url.searchParams.set('token', token);
  return url.href;
}
