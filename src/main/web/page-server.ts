import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { WebSocketServer } from 'ws';

import type { Connection } from '@shared/ipc/dispatcher';
import { AppError } from '@shared/ipc/errors';
import type { EventFrame } from '@shared/ipc/frames';
import { parseMediaPath } from '@shared/media-url';

import type { MediaSource } from '../media/media-source';
import { Access } from './access';
import { SECURITY_HEADERS } from './security-headers';
import { readStaticFile } from './static-files';
import { MAX_FRAME_BYTES, sendText, serveSocket } from './socket';

export interface PageServerOptions {
  /** The built renderer. */
  rendererDir: string;
  /** 0 lets the system choose. */
  port: number;
  connect: () => Connection;
  media: MediaSource;
  onError: (error: unknown) => void;
}

/** A slow client may not hold a connection for ever. */
const HEADERS_TIMEOUT_MS = 10_000;

/** The page over loopback: static files, media by id, and one WebSocket that carries the contract's frames. */
export class PageServer {
  private readonly server: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  private access: Access | null = null;

  constructor(private readonly options: PageServerOptions) {
    this.server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 30_000 }, (request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        options.onError(error);
        if (!response.headersSent) refuse(response, 500, 'Something went wrong.');
        else response.destroy();
      });
    });
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** @returns The address to open, with its token. @throws {AppError} When the port is taken. */
  async listen(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.server.once('error', reject);
    this.server.listen(this.options.port, '127.0.0.1', resolve);
    try {
      await promise;
    } catch (error) {
      throw new AppError('failed-precondition', `Port ${this.options.port} is taken; choose another with --port.`, {
        cause: error,
      });
    }
    this.server.on('error', this.options.onError);
    const { port } = this.server.address() as AddressInfo;
    this.access = new Access(port);
    return `http://127.0.0.1:${port}/?token=${this.access.token}`;
  }

  /** Sends an event to every connected page. */
  broadcast(frame: EventFrame): void {
    const text = JSON.stringify(frame);
    for (const socket of this.sockets.clients) sendText(socket, text);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const url = urlOf(request);
    if (!url || !this.access?.isSameSite(request)) return refuse(response, 403, 'Not from here.');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only reading is possible here.');
    if (!this.access.hasToken(request, url))
      return refuse(response, 401, 'Open the address that Kindred printed: it holds the key.');
    if (url.pathname.startsWith('/media/')) return this.answerMedia(url.pathname, request, response);
    const file = await readStaticFile(this.options.rendererDir, url.pathname);
    if (!file) return refuse(response, 404, 'There is nothing here.');
    if (this.access.hasTokenInUrl(url)) response.setHeader('Set-Cookie', this.access.cookie);
    const isHashed = url.pathname.startsWith('/assets/');
    response.setHeader('Cache-Control', isHashed ? 'private, max-age=31536000, immutable' : 'no-store');
    response.writeHead(200, { 'Content-Type': file.contentType });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  private async answerMedia(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = parseMediaPath(path);
    const media = wanted && (await this.options.media.read(wanted.photoId, wanted.size));
    if (!media) return refuse(response, 404, 'There is no such picture.');
    response.setHeader('Cache-Control', 'private, max-age=86400');
    response.setHeader('ETag', media.etag);
    if (request.headers['if-none-match'] === media.etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': media.contentType, 'Content-Length': media.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : media.body);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const url = urlOf(request);
    // A browser always tells the origin of a WebSocket; a request without one is a program, and needs the token as well.
    const isAllowed =
      url?.pathname === '/socket' && this.access?.isSameSite(request) && this.access.hasToken(request, url);
    if (!isAllowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => serveSocket(webSocket, this.options.connect()));
  }
}

function urlOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? '', 'http://localhost');
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(message);
}
