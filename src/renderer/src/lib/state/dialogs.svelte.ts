import type { GroupSummary } from '@shared/model/group';
import type { GroupId, PhotoId } from '@shared/model/ids';
import type { PairConflict } from '@shared/model/pair';

/** A question to answer before something is done. */
export interface Question {
  title: string;
  text: string;
  confirm: string;
  /** What the other button says where “Cancel” could be read two ways. */
  refuse?: string;
  isDangerous?: boolean;
  onConfirm: () => void;
}

/** What a folder is chosen for. */
export type ChooserPurpose = 'library' | 'destination' | 'names' | 'moved';

/** What lies over the window. One at a time; a question may lie over another dialog. */
export type Dialog =
  | { kind: 'chooser'; purpose: ChooserPurpose; onChoose: (path: string) => void; hint?: string }
  | { kind: 'move'; photoIds: PhotoId[]; isNew: boolean }
  | { kind: 'merge'; source: GroupSummary }
  | { kind: 'split'; groupId: GroupId; seedPhotoIds: PhotoId[] | null }
  | { kind: 'conflict'; said: 'together' | 'apart'; photoIds: PhotoId[]; conflicts: PairConflict[] }
  | { kind: 'follow' }
  | { kind: 'export' }
  | { kind: 'proof' }
  | { kind: 'shortcuts' }
  | { kind: 'about' };

export class Dialogs {
  current = $state.raw<Dialog | null>(null);
  /** The folder chooser may be asked for from inside the export dialog. */
  nested = $state.raw<Dialog | null>(null);
  question = $state.raw<Question | null>(null);
  /** How many dialogs lie over each other now. */
  depth = $state(0);
  isActivityOpen = $state(false);
  /** A photo fills the window: what lies under it cannot be reached with Tab. */
  isPhotoOpen = $state(false);

  open(dialog: Dialog): void {
    this.current = dialog;
  }

  close(): void {
    this.current = null;
    this.nested = null;
  }

  closeAll(): void {
    this.close();
    this.question = null;
  }

  ask(question: Question): void {
    this.question = question;
  }

  get isAnyOpen(): boolean {
    return this.current !== null || this.question !== null;
  }
}
