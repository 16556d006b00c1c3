import open from 'open';

import { createHost } from '../host/create-host';
import { describeError } from '../log';
import { rendererDir } from '../paths';
import { absolutePath } from '../typed-path';
import { PageServer } from '../web/page-server';

export interface ServeOptions {
  library?: string;
  port?: number;
  /** False with `--no-open`: only print the address. */
  open?: boolean;
}

/** `kindred serve`: the page over loopback. Prints the address with its key, and runs until it is interrupted. */
export async function serve(folder: string | undefined, options: ServeOptions): Promise<void> {
  const host = createHost({ door: { kind: 'page' }, broadcast: (frame) => server.broadcast(frame) });
  const server: PageServer = new PageServer({
    rendererDir: rendererDir(),
    port: options.port ?? 0,
    connect: host.connect,
    media: host.media,
    onError: (error) => host.log('error', describeError(error)),
  });
  if (folder !== undefined) {
    const library = await host.services.openFolder(absolutePath(folder, process.cwd()), options.library);
    library.startRun({});
  } else if (options.library !== undefined) {
    await host.services.openDir(options.library, []);
  }
  const address = await server.listen();
  process.stdout.write(`Kindred is at ${address}\n`);
  if (options.open !== false && process.env['CI'] === undefined) await open(address).catch(() => undefined);

  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await server.close();
  await host.close();
}
