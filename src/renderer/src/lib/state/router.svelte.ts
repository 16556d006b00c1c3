/* eslint-disable svelte/prefer-svelte-reactivity -- Nobody watches the scroll positions. */
import { GroupId } from '@shared/model/ids';

/** What fills the window under the header. */
export type Route =
  | { name: 'groups' }
  | { name: 'group'; groupId: GroupId }
  | { name: 'tray'; tray: 'unsure' | 'unsorted' | 'all' }
  | { name: 'search'; query: string }
  | { name: 'review' }
  | { name: 'problems' }
  | { name: 'report' }
  | { name: 'changes' }
  | { name: 'exports' };

export function parseRoute(hash: string): Route {
  const [head, tail] = hash.replace(/^#\/?/, '').split('/');
  if (head === 'search' && tail) return { name: 'search', query: decoded(tail) };
  switch (head) {
    case 'group': {
      const groupId = GroupId.safeParse(tail);
      return groupId.success ? { name: 'group', groupId: groupId.data } : { name: 'groups' };
    }
    case 'unsure':
    case 'unsorted':
    case 'all':
      return { name: 'tray', tray: head };
    case 'review':
    case 'problems':
    case 'report':
    case 'changes':
    case 'exports':
      return { name: head };
    default:
      return { name: 'groups' };
  }
}

/** An address that somebody cut off in the middle of a letter is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function hashOf(route: Route): string {
  if (route.name === 'group') return `#/group/${route.groupId}`;
  if (route.name === 'search') return `#/search/${encodeURIComponent(route.query)}`;
  if (route.name === 'tray') return `#/${route.tray}`;
  return route.name === 'groups' ? '#/' : `#/${route.name}`;
}

/** The place in the address bar's fragment, so that Back, Forward and a reload do what a person expects. */
export class Router {
  route = $state.raw<Route>(parseRoute(window.location.hash));
  /** Where each view was scrolled to, so that coming back shows the same spot. */
  readonly scrollByHash = new Map<string, number>();

  constructor() {
    window.addEventListener('hashchange', () => {
      const route = parseRoute(window.location.hash);
      // Going somewhere is announced as well: the screen that is there already is not made anew.
      if (hashOf(route) !== this.hash) this.route = route;
    });
  }

  get hash(): string {
    return hashOf(this.route);
  }

  go(route: Route): void {
    const hash = hashOf(route);
    if (hash === this.hash) return;
    this.route = route;
    window.location.hash = hash;
  }
}
