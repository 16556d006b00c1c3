/** @file Entry of the host: says so on a Node that is too old, before native modules are loaded. */
import { requireNode } from '../node-version';

requireNode();
await import('../host');
