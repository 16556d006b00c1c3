/** @file Which of the folders and keywords around a photo is the name of its group. */
import { GroupName, type NamesSource } from '@shared/model/group';

/** What a folder says about one photo. */
export interface NameHints {
  /** The folders it lies in, the outermost first. */
  folders: readonly string[];
  /** Each as a path, the most general part first. */
  keywords: readonly (readonly string[])[];
}

/** Folders that a camera or Kindred itself names, and words that tell a time: they say nothing about what is in the picture. */
const tellsNothing =
  /^(unsorted|unsure|undated|untitled|group \d+|dcim|camera|camera roll|100\w{5}|img|images?|pictures|photos|new folder.*)$/i;
const isTime = /^(\d{4}([-_. ]?\d{1,2}){0,2}|\d{1,2}([-_. ]\d{1,2})*)$/;
const ownTrays = /^(unsorted|unsure|untitled|group \d+)( \(\d+\))?$/i;

/**
 * Chooses a photo's name, or null where nothing around it is one.
 *
 * In a folder that Kindred exported the outermost folder is the group, also after photos were moved by hand. Elsewhere keywords are
 * a person's words and folders often a camera's, so keywords come first: of a path its most specific part, and of several one that is
 * already a group's name.
 */
export function chooseName(
  { folders, keywords }: NameHints,
  { from, isExport, isKnown }: { from: NamesSource; isExport: boolean; isKnown: (name: string) => boolean },
): string | null {
  const byFolder = (): string | null => {
    if (isExport) return folders.slice(0, 1).find((name) => !ownTrays.test(name)) ?? null;
    return folders.find(isName) ?? null;
  };
  const byKeyword = (): string | null => {
    const names = keywords.flatMap((path) => path.findLast(isName) ?? []);
    return names.find(isKnown) ?? names[0] ?? null;
  };
  const name =
    from === 'folders' || (from === 'auto' && isExport)
      ? byFolder()
      : from === 'keywords'
        ? byKeyword()
        : (byKeyword() ?? byFolder());
  return GroupName.safeParse(name).data ?? null;
}

function isName(text: string): boolean {
  return !tellsNothing.test(text) && !isTime.test(text);
}
