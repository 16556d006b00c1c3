import { expect, it } from 'vitest';

import { PreviewProcess } from '@main/media/preview-process';

/** A worker that answers when it is told to. */
function heldWorker() {
  const sent: string[] = [];
  let answer: () => void = () => undefined;
  const previews = new PreviewProcess(() => ({
    send: ({ target }) => void sent.push(target),
    onReply: (listener) => (answer = listener),
    onExit: () => undefined,
    kill: () => undefined,
  }));
  const settle = async (): Promise<void> => {
    answer();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { previews, sent, settle };
}

it('makes the photo that was asked for last first, and gives up those that nobody looks at any more', async () => {
  const { previews, sent, settle } = heldWorker();
  const asked = Array.from({ length: 30 }, (_, index) => previews.make(`${index}.heic`, String(index)));
  expect(sent).toEqual(['0']);
  await asked[10];
  await settle();
  expect(sent).toEqual(['0', '29']);
  for (let turn = 0; turn < 4; turn++) await settle();
  expect(sent).toEqual(['0', '29', '28', '27', '26']);
  await Promise.all(asked);
  previews.close();
});

it('makes one preview for all who wait for it', async () => {
  const { previews, sent, settle } = heldWorker();
  const asked = [previews.make('a', 'a'), previews.make('b', 'b'), previews.make('c', 'c'), previews.make('b', 'b')];
  for (let turn = 0; turn < 3; turn++) await settle();
  await Promise.all(asked);
  expect(sent).toEqual(['a', 'b', 'c']);
  previews.close();
});
