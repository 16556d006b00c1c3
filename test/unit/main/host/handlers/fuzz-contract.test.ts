/** @file Whatever a page sends, the host answers with a known code, and nothing that it sends is a bug of the host. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { allHandlers } from '@main/host/handlers/all-handlers';
import { Services } from '@main/host/services';
import { contract } from '@shared/ipc/contract';
import { type Connection, Dispatcher } from '@shared/ipc/dispatcher';
import { ReplyFrame } from '@shared/ipc/frames';

import { addPhoto } from '../../../../helpers/small-store';
import { temporaryFolder } from '../../../../helpers/temporary-folder';

const NUM_RUNS = 60;
const SEED = 20_26;

type ProcedureName = keyof typeof contract.procedures;
const names = Object.keys(contract.procedures) as ProcedureName[];

/** With a library open these would start work, open another library, or write where the fuzzer says. */
const actsOutside = new Set<string>([
  ...['library.open', 'library.reopen', 'library.close', 'pipeline.start'],
  ...['export.start', 'export.resume', 'export.undo'],
]);

const someText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\0', '..', '/\0/x', '\ud800', '__proto__', 'constructor', `/${'x'.repeat(5000)}`, 'a\nb'),
  fc.uuid(),
);
const someNumber = fc.oneof(fc.integer({ min: -2, max: 8 }), fc.double(), fc.constantFrom(2 ** 53, -0, 1e308));
const someValue = fc.oneof(
  { weight: 3, arbitrary: someText },
  { weight: 3, arbitrary: someNumber },
  { weight: 2, arbitrary: fc.array(fc.oneof(someNumber, someText), { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Anything at all, or nearly what the procedure takes: its own keys with values that mostly fit. */
function inputsOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return fc.oneof(fc.jsonValue(), near(schema), near(schema));
}

function near(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, value]) => [key, near(value)]);
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>);
  }
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return fc.oneof(near(schema.unwrap() as z.ZodType), fc.constant(null));
  }
  if (schema instanceof z.ZodDiscriminatedUnion)
    return fc.oneof(...schema.options.map((one) => near(one as z.ZodType)));
  if (schema instanceof z.ZodArray) return fc.array(near(schema.element as z.ZodType), { maxLength: 5 });
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodEnum) return fc.oneof(fc.constantFrom(...schema.options), someValue);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return someNumber;
  if (schema instanceof z.ZodString) return someText;
  return someValue;
}

function makeHost(): { services: Services; connection: Connection; bugs: string[]; root: string } {
  const root = temporaryFolder();
  vi.stubEnv('KINDRED_DATA_DIR', join(root, 'data'));
  const bugs: string[] = [];
  const services = new Services(
    {
      kind: 'memory',
      spawnWorker: () => {
        throw new Error('No worker is to be started.');
      },
      trunksDirs: [],
    },
    () => undefined,
    () => undefined,
  );
  const dispatcher = new Dispatcher(contract, allHandlers(services), {
    onBug: (error, procedure) => bugs.push(`${procedure}: ${String(error)}`),
  });
  return { services, connection: dispatcher.connect(), bugs, root };
}

async function send(connection: Connection, procedure: string, input: unknown): Promise<ReplyFrame> {
  // As over a wire: what JSON cannot carry never arrives.
  const frame: unknown = JSON.parse(JSON.stringify({ kind: 'request', id: 1, procedure, input }));
  return ReplyFrame.parse(await connection.receive(frame));
}

/** A place that exists could be opened, and the host would be right to. */
function isRealPlace(input: unknown): boolean {
  const { data } = z.object({ path: z.string() }).safeParse(input);
  return data !== undefined && existsSync(data.path);
}

describe('a host without a library', () => {
  it.each(names)('answers %s with a known code, whatever the input', async (procedure) => {
    const { connection, bugs } = makeHost();
    await fc.assert(
      fc.asyncProperty(inputsOf(contract.procedures[procedure].input), async (input) => {
        fc.pre(procedure === 'folder.browse' || !isRealPlace(input));
        const reply = await send(connection, procedure, input);
        expect(bugs.splice(0)).toEqual([]);
        if (!reply.ok) expect(reply.error.code).not.toBe('internal');
      }),
      { numRuns: NUM_RUNS, seed: SEED },
    );
  });

  it('answers frames of any shape', async () => {
    const { connection, bugs } = makeHost();
    const frames = fc.oneof(
      fc.jsonValue(),
      fc.record({
        kind: fc.constantFrom('request', 'cancel', 'reply'),
        id: someValue,
        procedure: someText,
        input: someValue,
      }),
      fc.record({
        kind: fc.constant('request'),
        id: fc.nat(),
        procedure: fc.constantFrom('toString', '__proto__', 'constructor'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(frames, async (frame) => {
        const reply = await connection.receive(JSON.parse(JSON.stringify(frame)));
        if (reply !== null) expect(ReplyFrame.parse(reply)).toMatchObject({ kind: 'reply', ok: false });
        expect(bugs.splice(0)).toEqual([]);
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

describe('a host with a library', () => {
  it.each(names.filter((name) => !actsOutside.has(name)))('answers %s with a known code', async (procedure) => {
    const { connection, services, bugs, root } = makeHost();
    const folder = join(root, 'photos');
    mkdirSync(folder);
    const { store } = await services.openFolder(folder);
    const folderId = store.library.folders()[0]!.id;
    for (let index = 0; index < 5; index++) {
      writeFileSync(join(folder, store.photos.get(addPhoto(store, folderId, index))!.path), 'text');
    }
    await fc.assert(
      fc.asyncProperty(inputsOf(contract.procedures[procedure].input), async (input) => {
        fc.pre(procedure !== 'group.importNames' || !isRealPlace(input));
        const reply = await send(connection, procedure, input);
        expect(bugs.splice(0)).toEqual([]);
        if (!reply.ok) expect(reply.error.code).not.toBe('internal');
      }),
      { numRuns: NUM_RUNS, seed: SEED },
    );
    expect(store.db.pragma('foreign_key_check')).toEqual([]);
    await services.close();
  });
});
