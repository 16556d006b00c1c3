import { resolve } from 'node:path';

import { Command, InvalidArgumentError, Option } from 'commander';

/** What both doors take: `npm start -- [folder]`, the installed program, and `kindred serve [folder]`. */
export interface DoorOptions {
  library?: string;
  port?: number;
  open?: boolean;
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('It takes a whole number from 0 to 65535.');
  return value;
}

/** Adds a door's folder and options to a command. The window takes the page's options too, and has no use for them. */
export function withDoorArguments(command: Command): Command {
  return command
    .argument('[folder]', 'folder of photos to open')
    .addOption(new Option('--library <dir>', 'folder of the database, thumbnails and logs'))
    .addOption(new Option('--port <n>', 'port of the page on 127.0.0.1').argParser(portNumber))
    .option('--no-open', 'only print the address of the page');
}

/**
 * What the window was started with. Switches of Chromium and Node are left aside: the system, or a person who looks for a fault, may add some.
 *
 * @param args Without the program and the app's folder.
 * @param cwd Where the person stands: a relative folder starts there.
 * @throws {CommanderError} With words for the person when a known option is used wrongly.
 */
export function parseWindowArguments(
  args: readonly string[],
  cwd: string,
): { folder: string | null; libraryDir: string | null } {
  const command = withDoorArguments(new Command('kindred')).allowExcessArguments().exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  const known = new Set([...command.options.map(({ long }) => long), '--open']);
  const own = args.filter((argument) => !argument.startsWith('-') || known.has(argument.split('=')[0]!));
  command.parse(own, { from: 'user' });
  const [folder] = command.args;
  const { library } = command.opts<DoorOptions>();
  return {
    folder: folder === undefined ? null : resolve(cwd, folder),
    libraryDir: library === undefined ? null : resolve(cwd, library),
  };
}
