import type { Connection } from './connection';
import { socketUrl, takeToken } from './token';
import { type SocketLike, webSocketTransport } from './web-socket';

/** The window's transport where the preload put one, else a socket to the host that served this page. */
export function pickTransport(): Connection {
  if (window.transport) return window.transport;
  const token = takeToken(window.location, window.history, window.sessionStorage);
  return webSocketTransport(() => new WebSocket(socketUrl(window.location, token)) as unknown as SocketLike);
}
