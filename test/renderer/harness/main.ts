import '@renderer/lib/zod-without-eval';
import '@renderer/app.css';

import { mount } from 'svelte';

import App from '@renderer/App.svelte';
import { AppState } from '@renderer/lib/state/app.svelte';

import { FakeHost } from '../helpers/fake-host';
import { scenes } from './scenes';

/** @file The whole window over a host in memory, for looking at it: `?scene=full`. See vite.config.ts beside this file. */

const name = new URLSearchParams(window.location.search).get('scene') ?? 'full';
const host = new FakeHost((scenes[name] ?? scenes['full']!)());
mount(App, { target: document.getElementById('app')!, props: { app: new AppState(host.connection) } });
Object.assign(window, { host });
