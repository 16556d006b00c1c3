import type { Connection } from './connection';

declare global {
  interface Window {
    /** Present in the desktop window only: the preload puts it there. */
    transport?: Connection;
    /** The host's path of a dropped file or folder; present in the desktop window only. */
    pathForFile?: (file: File) => string;
  }
}
