import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * @file Who may use the page.
 *
 * [Note: The page is for this machine's person only] It listens on loopback, but every program and every web page on the machine can reach
 * loopback. So: a random token is needed for everything; `Host` must be the address we listen on, which stops a foreign name that was
 * pointed at 127.0.0.1; and a request that tells its `Origin` must come from the page itself.
 */
export class Access {
  readonly token = randomBytes(32).toString('base64url');
  /** Cookies are shared by all ports of a host: the port in the name keeps two servers apart. */
  readonly cookieName: string;
  private readonly hosts: ReadonlySet<string>;

  constructor(port: number) {
    this.cookieName = `kindred-${port}`;
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  }

  /** The request was sent to us under our own name, and from our own page where it tells from where. */
  isSameSite(request: IncomingMessage): boolean {
    const { host, origin } = request.headers;
    if (host === undefined || !this.hosts.has(host)) return false;
    return origin === undefined || origin === `http://${host}`;
  }

  hasToken(request: IncomingMessage, url: URL): boolean {
    return this.matches(url.searchParams.get('token')) || this.hasCookie(request);
  }

  /** The token came in the address: the first visit. */
  hasTokenInUrl(url: URL): boolean {
    return this.matches(url.searchParams.get('token'));
  }

  get cookie(): string {
    return `${this.cookieName}=${this.token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  private hasCookie(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
    const own = cookies.find((cookie) => cookie.startsWith(`${this.cookieName}=`));
    return own !== undefined && this.matches(own.slice(this.cookieName.length + 1));
  }

  private matches(given: string | null): boolean {
    if (given === null) return false;
    const a = Buffer.from(given);
    const b = Buffer.from(this.token);
    return a.length === b.length && timingSafeEqual(a, b);
  }
}
