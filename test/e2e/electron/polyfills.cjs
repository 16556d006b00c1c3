/**
 * @file What Electron 22 (Chromium 108, Node 16) lacks of the pinned Electron, as small as the product needs it. Loaded before the product.
 *
 * - `Response` (Node 18): carries status, headers and bytes from the product to `protocol.handle`.
 * - `protocol.handle` (Electron 25): over `registerBufferProtocol`, and over `interceptBufferProtocol` for the schemes Chromium has itself.
 * - `WebFrameMain.origin` (Electron 24): from the frame's address.
 * - `webUtils.getPathForFile` (Electron 29): a preload of the session fills it in, so the built preload runs unchanged.
 */
const { join } = require('node:path');
const { app, protocol, session } = require('electron');

class OldResponse {
  constructor(body, { status = 200, headers = {} } = {}) {
    Object.assign(this, { body, status, headers });
  }
}
globalThis.Response ??= OldResponse;

Promise.withResolvers ??= function withResolvers() {
  let resolve, reject;
  const promise = new Promise((onDone, onError) => ([resolve, reject] = [onDone, onError]));
  return { promise, resolve, reject };
};
globalThis.structuredClone ??= (value) => require('node:v8').deserialize(require('node:v8').serialize(value));

function handle(scheme, handler) {
  const answer = (request, reply) => {
    Promise.resolve()
      .then(() => handler({ url: request.url, method: request.method }))
      .then(({ status, headers, body }) => {
        const mimeType = headers['Content-Type']?.split(';')[0];
        reply({ statusCode: status, headers, mimeType, data: Buffer.from(body ?? '') });
      })
      .catch((error) => {
        console.error(error);
        reply({ statusCode: 500, headers: {}, data: Buffer.from('') });
      });
  };
  const isBuiltIn = ['http', 'https', 'file'].includes(scheme);
  const isDone = isBuiltIn
    ? protocol.interceptBufferProtocol(scheme, answer)
    : protocol.registerBufferProtocol(scheme, answer);
  if (!isDone) throw new Error(`Failed to register protocol: ${scheme}`);
}
protocol.handle ??= handle;

app.on('web-contents-created', (_event, contents) => {
  contents.once('did-start-loading', () => {
    const prototype = Object.getPrototypeOf(contents.mainFrame);
    if ('origin' in contents.mainFrame) return;
    Object.defineProperty(prototype, 'origin', {
      get() {
        const { protocol: scheme, host } = new URL(this.url);
        return `${scheme}//${host}`;
      },
    });
  });
});

void app.whenReady().then(() => session.defaultSession.setPreloads([join(__dirname, 'preload-polyfill.cjs')]));
