/** @file The host as a plain Node process of its own, owned by Electron's main process. It ends when its owner does. */
import { LinkedHost } from './host/linked-host';

// What the host starts is plain Node as well, and this name means nothing good to it.
delete process.env['ELECTRON_RUN_AS_NODE'];

const host = new LinkedHost(
  (message) => {
    if (process.connected) process.send?.(message);
  },
  () => process.exit(0),
);
let closing: Promise<void> | undefined;
const close = (): void => void (closing ??= host.close());

process.on('message', (message) => void host.receive(message).catch((error: unknown) => host.report(error)));
process.on('disconnect', close);
// The terminal sends these to the whole group: the owner closes this process in its own time.
process.on('SIGINT', () => undefined).on('SIGTERM', close);
