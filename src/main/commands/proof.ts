import { AppError } from '@shared/ipc/errors';

import { abortOnInterrupt } from './abort-on-interrupt';
import { openCommandLibrary, print } from './command-context';

export interface ProofOptions {
  library?: string;
  json?: boolean;
}

/** `kindred proof`: reads every original again and says that N of N are unchanged, or which are not. */
export async function proof(options: ProofOptions): Promise<void> {
  const library = openCommandLibrary([], options.library);
  try {
    const { numChecked, numUnchanged, changed } = await abortOnInterrupt((signal) =>
      library.proveOriginals({ signal }),
    );
    print(options.json, { checked: numChecked, unchanged: numUnchanged, changed }, () =>
      [
        `${numUnchanged.toLocaleString('en')} of ${numChecked.toLocaleString('en')} originals are unchanged.`,
        ...changed.map(({ path, reason }) => `  ${path}: ${reason}`),
      ].join('\n'),
    );
    if (changed.length > 0) throw new AppError('failed-precondition', 'Not every original is as it was indexed.');
  } finally {
    await library.close();
  }
}
