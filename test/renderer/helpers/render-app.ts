import './stand-ins';

import { cleanup, configure, render } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, vi } from 'vitest';

import App from '@renderer/App.svelte';
import { AppState } from '@renderer/lib/state/app.svelte';

import { FakeHost, type FakeHostOptions } from './fake-host';

// A busy machine may take seconds over what takes milliseconds; only a wrong state should fail a test.
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  // A window of 1,000 × 700, so that the grid has something to draw.
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1000);
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(700);
  localStorage.clear();
  window.location.hash = '';
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** The whole window over a host in memory. */
export function renderApp(options: FakeHostOptions = {}): { host: FakeHost; user: UserEvent; app: AppState } {
  const host = new FakeHost(options);
  const app = new AppState(host.connection);
  render(App, { app });
  return { host, app, user: userEvent.setup() };
}
