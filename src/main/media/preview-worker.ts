/** @file Entry of the preview worker: one request at a time, each answered when its file is there or cannot be made. */
import { makePreview } from './make-preview';
import { PreviewRequest } from './preview-worker-handle';

async function answer(raw: unknown): Promise<void> {
  const { source, target, longerSide } = PreviewRequest.parse(raw);
  // A photo that cannot be shown is an ordinary outcome: the caller falls back to the thumbnail.
  await makePreview(source, target, longerSide).catch(() => undefined);
  process.send?.('done');
}

process.on('message', (message) => void answer(message)).on('disconnect', () => process.exit(0));
