/** @file The command line's door: arguments in, one function of `commands/` out, and its errors as exit codes. */
import { join } from 'node:path';

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { AppError, asExpected } from '@shared/ipc/errors';

import packageJson from '../../package.json';
import { doctor } from './commands/doctor';
import { evaluate } from './commands/evaluate';
import { exportCommand } from './commands/export';
import { groups } from './commands/groups';
import { importCommand } from './commands/import';
import { proof } from './commands/proof';
import { relink } from './commands/relink';
import { repair } from './commands/repair';
import { scan } from './commands/scan';
import { serve } from './commands/serve';
import { addTrunkCommand, chooseTrunkCommand, listTrunksCommand, removeTrunkCommand } from './commands/trunk';
import { withDoorArguments } from './door-arguments';
import { createLogger, describeError } from './log';
import { dataDir } from './library-paths';

const EXIT = { done: 0, failed: 1, wrongUsage: 2, cancelled: 130 } as const;

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
    }
    return value;
  };

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It takes a number above 0.');
  return value;
}

function threeNumbers(text: string): [number, number, number] {
  const values = text.split(',').map(Number);
  if (values.length !== 3 || !values.every(Number.isFinite)) throw new InvalidArgumentError('It takes three numbers.');
  return values as [number, number, number];
}

function groupCount(text: string): number | 'auto' {
  return text === 'auto' ? 'auto' : wholeNumber(2, 400)(text);
}

const library = (): Option => new Option('--library <dir>', 'folder of the database, thumbnails and logs');
const json = (): Option => new Option('--json', 'print one JSON object and nothing else');
const seed = (): Option => new Option('--seed <n>', 'seed of all randomness').argParser(wholeNumber(0, 0xffffffff));
const groupsOption = (): Option => new Option('--groups <n|auto>', 'how many groups').argParser(groupCount);
const engine = (): Option =>
  new Option('--engine <name>', 'where to compute').choices(['auto', 'tensorflow', 'webgpu', 'wasm']);

function buildProgram(): Command {
  const program = new Command('kindred')
    .description('Learns, without labels, which of your photos belong together.')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  program
    .command('scan')
    .description('learn the groups of one or more photo folders')
    .argument('<folder...>')
    .addOption(library())
    .addOption(seed())
    .addOption(groupsOption())
    .addOption(
      new Option('--detail <g>', '1 is the middle; less: few big groups, more: many').argParser(positiveNumber),
    )
    .addOption(
      new Option('--trunk <id>', 'pretrained network; kept for later scans (otherwise one that suits the photos)'),
    )
    .addOption(engine())
    .addOption(new Option('--views <n>', 'views of each photo').argParser(wholeNumber(2, 16)))
    .option('--relearn', 'learn anew, corrections included, where what was learned before would do')
    .addOption(new Option('--mode <mode>', 'how features are learned').choices(['frozen', 'scratch']))
    .option('--gentle', 'leave the machine to you: one core, half the time; kept for later scans')
    .option('--no-gentle', 'as fast as the machine can')
    .addOption(json())
    .action(scan);
  program
    .command('groups')
    .description('show the groups of a library')
    .addOption(library())
    .option('--photos', 'with the photos of each group')
    .addOption(json())
    .action(groups);
  program
    .command('export')
    .description('write the groups as folders')
    .argument('[destination]')
    .addOption(library())
    .addOption(new Option('--mode <mode>', 'how files are written').choices(['copy', 'hardlink', 'symlink', 'move']))
    .option('--named-only', 'leave groups without a name out')
    .option('--unsorted', 'with the Unsorted photos, in a folder of their own')
    .addOption(
      new Option('--unsure <where>', 'where unsure photos go').choices(['with-group', 'leave-out', 'own-folder']),
    )
    .option('--by-year', 'a folder a year inside each group')
    .option('--keywords', "the group's name as a keyword, in a sidecar beside each photo")
    .option('--manifest', 'a list of what came from where')
    .option('--no-companions', 'leave sidecars, RAW files and clips that belong to photos out')
    .addOption(
      new Option('--conflicts <what>', 'when another file has the name; "ask" names them and writes nothing').choices([
        'ask',
        'rename',
        'skip',
      ]),
    )
    .option('--dry-run', 'work out what would be written, and write nothing')
    .option('--yes', 'confirm that move takes the originals away')
    .addOption(new Option('--resume <id>', 'finish an export that was interrupted').argParser(wholeNumber(1, 1e9)))
    .addOption(new Option('--undo <id>', 'remove what an export wrote').argParser(wholeNumber(1, 1e9)))
    .addOption(json())
    .action(exportCommand);
  program
    .command('import')
    .description('take names back from a folder that was exported, or from keywords by other programs')
    .argument('<folder>')
    .addOption(library())
    .addOption(new Option('--from <where>', 'where the names are').choices(['auto', 'folders', 'keywords']))
    .addOption(json())
    .action(importCommand);
  program
    .command('proof')
    .description('read every original again and say whether it is unchanged')
    .addOption(library())
    .addOption(json())
    .action(proof);
  program
    .command('relink')
    .description('a folder of the library is somewhere else now: everything stays as it is')
    .argument('<from>', 'where it was')
    .argument('<to>', 'where it is')
    .addOption(library())
    .addOption(json())
    .action(relink);
  program
    .command('repair')
    .description('make a damaged library anew from its safety copy: names, corrections and rejections come back')
    .addOption(library())
    .option('--force', 'also where no damage is found')
    .addOption(json())
    .action(repair);
  program
    .command('evaluate')
    .description('compare found groups with folder names, which the learning never sees')
    .argument('<folder>')
    .addOption(library())
    .addOption(groupsOption())
    .addOption(new Option('--seeds <n>', 'how many seeds').argParser(wholeNumber(1, 20)))
    .addOption(engine())
    .addOption(json())
    .action(evaluate);
  withDoorArguments(program.command('serve').description('open Kindred in the browser')).action(serve);
  const trunks = program.command('trunk').description('the pretrained networks that pictures are looked at with');
  trunks
    .command('add')
    .description('copy an ONNX file into the data folder, after trying it out')
    .argument('<file>')
    .requiredOption('--name <name>', 'what to call it')
    .requiredOption('--size <pixels>', 'side of its square input', wholeNumber(16, 1024))
    .option('--mean <r,g,b>', 'taken from values 0–1', threeNumbers, [0.485, 0.456, 0.406])
    .option('--std <r,g,b>', 'then divided by', threeNumbers, [0.229, 0.224, 0.225])
    .option('--input <name>', 'where it has several')
    .option('--output <name>', 'where it has several: one vector a picture')
    .option('--licence <text>', 'of the network', 'unknown')
    .addOption(json())
    .action(addTrunkCommand);
  trunks.command('list').description('those that are there').addOption(json()).action(listTrunksCommand);
  trunks
    .command('choose')
    .description('the network of a library: its next scan looks at every photo anew, and keeps names and corrections')
    .argument('<id>')
    .addOption(library())
    .addOption(json())
    .action(chooseTrunkCommand);
  trunks
    .command('remove')
    .description('take an added network away')
    .argument('<id>')
    .addOption(json())
    .action(removeTrunkCommand);
  program
    .command('doctor')
    .description('say what this machine has and what is missing')
    .addOption(json())
    .action(doctor);
  return program;
}

async function main(): Promise<number> {
  try {
    await buildProgram().parseAsync();
    // A command that did its work may still have to say that a part of it failed.
    return Number(process.exitCode ?? EXIT.done);
  } catch (thrown) {
    const error = asExpected(thrown);
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    if (error instanceof AppError) {
      process.stderr.write(`${error.message}\n`);
      if (error.code === 'cancelled') return EXIT.cancelled;
      return error.code === 'invalid-argument' ? EXIT.wrongUsage : EXIT.failed;
    }
    createLogger(dataDir())('error', describeError(error));
    const what = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Something went wrong inside Kindred: ${what}\nThe details are in ${join(dataDir(), 'kindred.log')}.\n`,
    );
    return EXIT.failed;
  }
}

const exitCode = await main();
// A command that ran in a process of its own has set that one's code.
if (exitCode !== EXIT.done) process.exitCode = exitCode;
