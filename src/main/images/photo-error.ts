/** Why a file could not be used. `crash` is set by the process that watches the reading one. */
export type PhotoProblem =
  | 'empty'
  | 'not-a-picture'
  | 'cut-off'
  | 'damaged'
  | 'too-large'
  | 'unsupported'
  | 'vanished'
  | 'unreadable'
  | 'too-slow'
  | 'changed'
  | 'unexpected';

/** One file that cannot be used; its message is a sentence for the person, without the path. The scan goes on. */
export class PhotoError extends Error {
  override readonly name = 'PhotoError';

  constructor(
    readonly problem: PhotoProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A failed file operation in words: what a person can do something about, never a bare error code. */
export function describeFileError(error: unknown): PhotoError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const options = { cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
      return new PhotoError('vanished', 'The file was gone when it was to be read.', options);
    case 'EACCES':
    case 'EPERM':
      return new PhotoError('unreadable', 'You do not have permission to read this file.', options);
    case 'ELOOP':
      return new PhotoError('unreadable', 'This is a link, and links are not followed.', options);
    case 'EIO':
      return new PhotoError('unreadable', 'The disk could not read this file.', options);
    case 'EMFILE':
    case 'ENFILE':
      return new PhotoError('unreadable', 'Too many files were open at once; try this one again.', options);
    case 'EISDIR':
      return new PhotoError('not-a-picture', 'This is a folder, not a picture.', options);
    default:
      return new PhotoError('unreadable', `The file could not be read${code ? ` (${code})` : ''}.`, options);
  }
}
