import './lib/zod-without-eval';
import './app.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { language } from './lib/language';
import { AppState } from './lib/state/app.svelte';
import { pickTransport } from './lib/transport/pick-transport';

/** @file The window's entry: picks the transport, makes the state, mounts the view. */

document.documentElement.lang = language;
mount(App, { target: document.getElementById('app')!, props: { app: new AppState(pickTransport()) } });
