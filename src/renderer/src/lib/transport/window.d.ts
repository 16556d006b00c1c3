import type { WindowDoor } from '@shared/door';

import type { Connection } from './connection';

declare global {
  interface Window {
    /** Present in the desktop window only: the preload puts it there. */
    transport?: Connection;
    /** What only a window can do; present in the desktop window only. */
    windowDoor?: WindowDoor;
    /** The host's path of a dropped file or folder; present in the desktop window only. */
    pathForFile?: (file: File) => string;
  }
}
