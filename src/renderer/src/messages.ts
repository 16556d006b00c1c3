import type { ErrorCode } from '@shared/ipc/errors';
import type { ExportMode, ExportState } from '@shared/model/export';
import type { NamesImport } from '@shared/model/group';
import type { Certainty, LeftOutKind, PhotoSort } from '@shared/model/photo';
import type { RunState, StageName, Verdict } from '@shared/model/run';
import type { ReviewAnswer } from '@shared/model/teach';

import { formatDecimal, formatNumber } from './lib/format';
import { language, type LanguageChoice } from './lib/language';
import { fillIn } from './lib/fill-in';
import { pluralIn } from './lib/plural';
import type { GroupSort } from './lib/state/arrange-groups';
import { de } from './messages.de';

/**
 * @file Every word of the window and the page, in one place, in English. Plain words: no term of the method outside the
 * run report. `messages.de.ts` says the same in German. A word is added here first; the test of the catalogue then lists
 * what another language lacks.
 */

const plural = pluralIn('en');

const photos = (count: number): string => plural(count, { zero: 'no photos', one: '# photo', other: '# photos' });
const groups = (count: number): string => plural(count, { zero: 'no groups', one: '# group', other: '# groups' });
const folders = (count: number): string => plural(count, { zero: 'no folders', one: '# folder', other: '# folders' });
const files = (count: number): string => plural(count, { zero: 'no files', one: '# file', other: '# files' });
const quoted = (name: string | null): string => (name === null ? 'the unnamed group' : `“${name}”`);

export const en = {
  app: 'Kindred',
  photos,
  groups,
  files,
  unnamed: 'Unnamed',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  done: 'Done',
  tryAgain: 'Try again',
  loading: 'Loading…',

  welcome: {
    title: 'Your photos, in the groups they belong to',
    sentence:
      'Choose a folder. Kindred looks at the pictures in it, finds which ones belong together, and shows them as groups you can name, correct and export.',
    choose: 'Choose a folder',
    drop: 'or drop a folder anywhere in this window',
    dropNow: 'Drop the folder to open it',
    dropUnknown: 'A web page cannot see where a dropped folder lies. Choose it here instead.',
    recent: 'Recent folders',
    recentAt: (when: string): string => `opened ${when}`,
    offline: 'Not connected',
    promises: [
      ['Your originals stay as they are', 'Nothing is moved, renamed or written into your photos.'],
      ['Everything stays on this computer', 'No account, no upload, no network.'],
      ['Every change can be undone', 'Names and corrections are kept, even if you scan again.'],
    ] as const,
    opening: 'Opening…',
  },

  chooser: {
    title: 'Choose a folder',
    destinationTitle: 'Choose where to export',
    movedTitle: 'Choose where the folder is now',
    namesTitle: 'Take names from a folder',
    namesHint:
      'Choose a folder that Kindred exported, or one whose photos have keywords from another program. Names and places are taken over for photos that are in this library; where you placed a photo yourself, it stays.',
    path: 'Folder path',
    go: 'Show this folder',
    places: 'Places',
    inside: (name: string): string => `Folders in ${name}`,
    up: 'Up one folder',
    open: 'Open this folder',
    use: 'Use this folder',
    empty: 'No folders in here.',
    pictures: (count: number): string =>
      count >= 1000
        ? `${formatNumber(1000)} or more pictures right in this folder`
        : plural(count, {
            zero: 'No pictures right in this folder; those in its subfolders count too',
            one: '# picture right in this folder',
            other: '# pictures right in this folder',
          }),
  },

  header: {
    home: 'All groups',
    homeOf: (name: string): string => `${name}: all groups`,
    search: 'Search names, files, dates, cameras',
    undo: 'Undo',
    redo: 'Redo',
    undoWhat: (label: string): string => `Undo: ${label}`,
    activity: 'Activity',
    export: 'Export',
    menu: 'More',
    problems: (count: number): string => plural(count, { one: '# problem file', other: '# problem files' }),
    report: 'Run report',
    exports: 'Past exports',
    allPhotos: 'All photos',
    rescan: 'Look for new photos',
    watch: 'Watch for new photos',
    importNames: 'Take names from a folder…',
    shortcuts: 'Keyboard shortcuts',
    closeLibrary: 'Open another folder',
    theme: 'Theme',
    themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { system: 'Like the system', en: 'English', de: 'Deutsch' } satisfies Record<LanguageChoice, string>,
  },

  broken: {
    title: 'Something went wrong here',
    text: 'Your photos and groups are safe. What happened is written in the log.',
  },

  connection: {
    lost: 'Connection to Kindred lost. Reconnecting…',
    back: 'Connected again.',
  },
  relink: 'This folder has moved. Choose its new location',
  relinked: 'The folder is connected again.',
  relinkHint: (path: string): string =>
    `Kindred knows these photos from ${path}. It compares some of them with what is in the folder you choose before it takes it.`,
  damaged:
    'Part of this library’s database is damaged. Names and corrections have a second copy, and your photos are not touched. Close Kindred and run “kindred repair”, then scan the folder again.',
  offline: (names: string[]): string =>
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not connected. Your groups and small pictures are still here; full-size photos and export wait until the folder is back.`,

  summary: (numPhotos: number, numGroups: number, numUnsure: number): string =>
    numGroups === 0
      ? `${photos(numPhotos)}, ${numPhotos === 1 ? 'in no group' : 'none in a group'}`
      : `${photos(numPhotos)} in ${groups(numGroups)}${numUnsure > 0 ? `, ${formatNumber(numUnsure)} not sure` : ''}`,

  group: {
    label: (name: string | null, count: number): string => `${name ?? 'Unnamed'}, ${photos(count)}`,
    list: 'Groups',
    open: 'Open',
    rename: 'Rename',
    name: 'Group name',
    namePrompt: 'Name this group',
    nameIsLong: (max: number): string => `A name can have at most ${formatNumber(max)} characters.`,
    renameHint: 'Enter keeps the name, Escape leaves it as it was',
    merge: 'Merge into…',
    mergeInto: (name: string | null): string => `Merge into ${quoted(name)}`,
    pin: 'Pin to the front',
    unpin: 'Unpin',
    hide: 'Hide',
    unhide: 'Show again',
    more: (name: string | null): string => `More for ${name ?? 'unnamed group'}`,
    hidden: (count: number): string => plural(count, { one: '# hidden group', other: '# hidden groups' }),
    small: (count: number): string => plural(count, { one: '# small group', other: '# small groups' }),
    smallHint: 'Few photos each, and no name yet',
    trays: 'Waiting for you',
    unsure: 'Unsure',
    unsureHint: 'In a group, but worth a look',
    unsorted: 'Unsorted',
    unsortedHint: 'Fits no group well enough',
    all: 'All photos',
    sort: 'Sort groups',
    sorts: {
      suggested: 'Named first',
      name: 'Name',
      size: 'Most photos',
      newest: 'Newest photos',
      unsure: 'Least sure first',
    } satisfies Record<GroupSort, string>,
    draft: 'First look',
    draftHint: 'Groups are still forming and will change a little. What you name now is kept.',
    learning: 'Looking at your photos. The first groups appear here soon.',
    clearSearch: 'Clear the search',
    none: 'No groups yet',
    noneHint: 'Kindred has not looked at this folder yet.',
    start: 'Start',
    verdict: {
      groups: null,
      'no-clear-groups': [
        'No clear groups in these photos',
        'Kindred compared them all and found nothing that holds together well enough to call a group. They are all in Unsorted: select some there and make groups by hand, or add more photos and look again.',
      ],
      'too-few-photos': [
        'Too few photos to find groups',
        'A few dozen photos are needed. You can still look at them, and make groups by hand.',
      ],
    } satisfies Record<Verdict, readonly [string, string] | null>,
    showAll: 'Look at all photos',
    empty: 'Nothing in here',
    emptyGroup: 'This group has no photos any more.',
    emptyTray: {
      unsure: 'Nothing left to look at. Well done.',
      unsorted: 'Every photo has a place.',
      all: 'No photos.',
    },
    gone: 'This group is no longer there',
    goneHint: 'It was merged or dissolved. Undo brings it back.',
    certaintyCounts: (sure: number, likely: number, unsure: number): string =>
      [
        sure > 0 ? `${formatNumber(sure)} sure` : '',
        likely > 0 ? `${formatNumber(likely)} likely` : '',
        unsure > 0 ? `${formatNumber(unsure)} unsure` : '',
      ]
        .filter(Boolean)
        .join(', '),
    health: {
      clear: 'Holds together well',
      mostly: 'Mostly one thing',
      mixed: 'Looks mixed: worth a look',
    },
    mixed: (numUnsure: number, numPhotos: number): string =>
      `This group does not hold together well: ${formatNumber(numUnsure)} of ${photos(numPhotos)} fit it only half. It may be several things.`,
    splitIt: 'Split it',
    dropMerge: (name: string | null): string => `Merge into ${quoted(name)}`,
  },

  merge: {
    title: 'Merge two named groups?',
    text: (source: string, sourceCount: number, target: string, targetCount: number): string =>
      `“${source}” (${photos(sourceCount)}) goes into “${target}” (${photos(targetCount)}), and the name “${source}” is given up.`,
    confirm: (target: string): string => `Merge into “${target}”`,
    pickTitle: 'Merge into a group',
    pickConfirm: 'Merge',
  },

  split: {
    menu: 'Split…',
    around: 'Split around these',
    title: (name: string | null): string => `Split ${quoted(name)}`,
    note: 'Nothing changes until you accept.',
    how: 'Parts are made',
    byLook: 'By how photos look',
    aroundChosen: (count: number): string => `Around the ${formatNumber(count)} photos you chose`,
    numParts: 'Number of parts',
    parts: (count: number, isSuggested: boolean): string => `${count} parts${isSuggested ? ', suggested' : ''}`,
    suggested: (count: number): string => `These photos suggest ${count} parts.`,
    planning: 'Working out the parts…',
    outcome: (counts: number[]): string => `${counts.length} parts: ${counts.map(formatNumber).join(', ')} photos`,
    list: 'Parts',
    part: (number: number, count: number): string => `Part ${number}, ${photos(count)}`,
    name: (number: number): string => `Name of part ${number}`,
    namePlaceholder: 'Name, if you like',
    keeps: 'keeps its name',
    keepHere: (name: string): string => `Keep “${name}” here`,
    accept: (count: number): string => `Split into ${count}`,
  },

  pairs: {
    more: 'More for the selection',
    together: 'These belong together',
    apart: 'These are different',
    manyTitle: (count: number): string => `Do all ${formatNumber(count)} photos belong together?`,
    manyText: 'They all go to one group and stay together, also when Kindred learns again.',
    tooMany: {
      together: (max: number): string => `Select at most ${formatNumber(max)} photos to say that they belong together.`,
      apart: (max: number): string =>
        `“Different” means each from each, so it works for at most ${formatNumber(max)} photos. Select fewer.`,
    },
    conflictTitle: 'You said something else before',
    conflict: {
      apart: (when: string): string => `You said that these two are different (${when}).`,
      together: (when: string): string => `You said that these two belong together (${when}).`,
      removed: (when: string, group: string | null): string =>
        `You took this photo out of ${quoted(group)}, which the others are in (${when}).`,
    },
    path: 'They hang together through these:',
    whoLeaves: 'Which one does not belong with the others?',
    leaves: (number: number): string => (number === 0 ? 'The first' : 'The second'),
    keepOld: 'Keep what I said before',
    overrule: { together: 'They belong together', apart: 'They are different' },
    moreConflicts: (count: number): string => plural(count, { one: 'and # more', other: 'and # more' }),
  },

  certainty: { sure: 'Sure', likely: 'Likely', unsure: 'Unsure' } satisfies Record<Certainty, string>,
  certaintyHint: {
    sure: 'Clearly belongs here',
    likely: 'Most likely belongs here',
    unsure: 'Might not belong here',
  } satisfies Record<Certainty, string>,

  photo: {
    grid: (name: string): string => `Photos in ${name}`,
    cell: (name: string, index: number, total: number, certainty: string): string =>
      `${name}, ${formatNumber(index + 1)} of ${formatNumber(total)}, ${certainty}`,
    cellLoading: (index: number): string => `Photo ${formatNumber(index + 1)}`,
    placed: 'placed by you',
    stack: (count: number): string => `${formatNumber(count)} alike`,
    loading: 'Loading photos…',
    missing: 'No picture',
    open: 'Open',
    quickLook: 'Quick look',
    showInFolder: 'Show in folder',
    openOutside: 'Open with the default program',
    previous: 'Previous photo',
    next: 'Next photo',
    details: 'Details',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit',
    view: (name: string): string => `Photo ${name}`,
    ofMany: (index: number, total: number): string => `Photo ${formatNumber(index + 1)} of ${formatNumber(total)}`,
    position: (index: number, total: number): string => `${formatNumber(index + 1)} of ${formatNumber(total)}`,
    sort: 'Sort photos',
    sorts: {
      typical: 'Most typical first',
      found: 'By folder',
      newest: 'Newest first',
      oldest: 'Oldest first',
      name: 'File name',
      unsure: 'Least sure first',
      added: 'Last added first',
    } satisfies Record<PhotoSort | 'found', string>,
    size: 'Thumbnail size',
    larger: 'Larger pictures',
    smaller: 'Smaller pictures',
    fields: {
      taken: 'Taken',
      camera: 'Camera',
      place: 'Place',
      group: 'Group',
      certainty: 'Certainty',
      dimensions: 'Size',
      file: 'File',
      folder: 'Folder',
      unknown: 'Not recorded',
    },
    stackTitle: (count: number): string => `${formatNumber(count)} photos of the same moment`,
    why: 'Why is this here?',
    whyText: (name: string | null): string =>
      `These look most like it. Those outlined are in ${name ?? 'this group'} too.`,
    whyUnsorted: 'These look most like it.',
    noNeighbors: 'Nothing else looks like this photo.',
    similarity: (percent: string): string => `${percent} alike`,
    offline: 'The folder of this photo is not connected, so this is the small picture.',
    noGroup: 'Unsorted',
  },

  selection: {
    toolbar: 'Selection',
    count: (count: number): string => plural(count, { one: '# selected', other: '# selected' }),
    move: 'Move to…',
    remove: 'Remove from group',
    confirm: 'Confirm',
    cover: 'Use as cover',
    create: 'New group',
    clear: 'Clear selection',
    menu: 'Photo actions',
    open: 'Open',
    hint: 'Click to select, double-click to open',
  },

  search: {
    title: (query: string): string => `Photos for “${query}”`,
    photos: 'Photos',
    all: (count: number): string => plural(count, { one: 'Show # photo', other: 'Show all # photos' }),
    nothing: (query: string): string => `Nothing found for “${query}”`,
    nothingHint: 'Try part of a group’s or file’s name, a date such as 2023-05 or May 2023, or a camera.',
  },

  review: {
    title: 'Review',
    start: 'Review one by one',
    question: 'Does this photo belong here?',
    region: 'Question',
    yes: 'Yes, it belongs',
    no: 'No',
    skip: 'Not sure',
    yesKey: 'Enter',
    noKey: 'Del',
    skipKey: '→',
    left: (answered: number, left: number): string =>
      `${plural(answered, { zero: 'None', one: '#', other: '#' })} answered, ${formatNumber(left)} to go`,
    typical: 'Photos that clearly belong to it',
    done: 'That was the last one',
    doneHint: 'Every photo you were asked about has its place.',
    skippedHint: 'You were not sure about some. They stay in Unsure.',
    again: 'Once more through those',
    together: 'Do these belong together?',
    these: 'These',
    those: 'And those',
    yesTogether: 'Yes, together',
    open: (answered: number): string =>
      answered === 0 ? 'The most telling question first' : `${formatNumber(answered)} answered`,
    partOf: (count: number): string => (count > 0 ? `${photos(count)} like these` : 'This photo'),
    menu: 'Answer questions',
    menuHint: 'Say what belongs together, one question at a time',
    about: {
      part: (count: number): string =>
        `Your answer settles ${photos(count)} like the first. “No” makes them a group of their own.`,
      merge: (count: number): string =>
        `Two groups that look alike. “Yes” makes them one; that settles ${photos(count)}.`,
      place: (): string => 'Does the first belong in the group of the others?',
      form: (count: number): string => `These are in no group. “Yes” makes a group of ${photos(count)}.`,
    },
  },

  follow: {
    banner: (count: number): string =>
      plural(count, {
        one: '# other photo looks as if it should follow.',
        other: '# other photos look as if they should follow.',
      }),
    look: 'Look',
    later: 'Not now',
    title: 'What would follow from your corrections',
    text: 'Nothing has moved yet. Photos that you placed yourself stay where they are. Click a photo to leave it out.',
    photo: (index: number, total: number, name: string | null): string =>
      `Move photo ${formatNumber(index + 1)} of ${formatNumber(total)} to ${quoted(name)}`,
    to: (name: string | null): string => (name === null ? 'To an unnamed group' : `To “${name}”`),
    all: (count: number): string => `Show all ${formatNumber(count)}`,
    leave: 'Leave them',
    accept: (count: number): string => plural(count, { one: 'Move # photo', other: 'Move # photos' }),
  },

  move: {
    title: 'Move to a group',
    createTitle: 'New group',
    text: (count: number): string => plural(count, { one: 'Move # photo.', other: 'Move # photos.' }),
    createText: (count: number): string =>
      plural(count, { one: 'Put # photo in a group of its own.', other: 'Put # photos in a group of their own.' }),
    group: 'Group',
    newName: 'Name of the new group',
    placeholder: 'Type a name',
    options: 'Groups to choose from',
    create: (name: string): string => `New group “${name}”`,
    confirm: 'Move',
    createConfirm: 'Make the group',
    taken: (name: string, count: number): string => `There is a group “${name}” already, with ${photos(count)}.`,
    addToIt: 'Add to it',
    anotherName: 'Another name',
    mustPick: 'Pick a group from the list, or the last line to make a new one.',
    recent: 'Recent',
  },

  detail: {
    label: 'Fewer or more groups',
    fewer: 'Fewer',
    more: 'More groups',
    why: 'Why this many?',
  },

  toast: {
    followed: (count: number): string => `${photos(count)} followed your corrections`,
    answered: (answer: ReviewAnswer, count: number): string =>
      answer === 'unsure' ? 'Left open' : count === 0 ? 'Answered' : `Answered: ${photos(count)} settled`,
    renamed: (name: string): string => `Named “${name}”`,
    merged: (name: string | null): string => `Merged into ${quoted(name)}`,
    moved: (count: number, name: string | null): string => `${photos(count)} moved to ${quoted(name)}`,
    removed: (count: number): string => `${photos(count)} removed from the group`,
    confirmed: (count: number): string => `${photos(count)} confirmed`,
    takenBack: (label: string): string => `Taken back: ${label}`,
    accepted: 'Changes kept',
    rejected: 'Back to how it was before',
    restored: (when: string): string => `Showing the result of ${when}`,
    putBack: 'Put back as it was',
    cover: 'Cover changed',
    imported: ({ numPlaced, numNamed, numMade, numKept, numUnknown }: NamesImport): string =>
      [
        numPlaced + numNamed + numMade === 0
          ? 'Nothing new in there'
          : `${photos(numPlaced)} placed, ${plural(numNamed + numMade, { one: '# group named', other: '# groups named' })}`,
        numKept > 0 ? `${plural(numKept, { one: '# photo stays', other: '# photos stay' })} where you put them` : '',
        numUnknown > 0 ? `${plural(numUnknown, { one: '# photo is', other: '# photos are' })} not in this library` : '',
      ]
        .filter(Boolean)
        .join(' · '),
    together: (count: number, numMoved: number): string =>
      `${photos(count)} kept together${numMoved > 0 ? `, ${formatNumber(numMoved)} moved` : ''}`,
    apart: (numLeft: number): string =>
      numLeft > 0 ? `Kept apart. ${photos(numLeft)} left the group they shared` : 'Kept apart from now on',
    split: (count: number): string => `Split into ${groups(count)}`,
    created: (name: string): string => `Made the group “${name}”`,
    detail: 'Detail changed',
    pinned: 'Pinned to the front',
    unpinned: 'Unpinned',
    hidden: 'Group hidden',
    shown: 'Group shown again',
    undone: (label: string): string => `Undone: ${label}`,
    redone: (label: string): string => `Done again: ${label}`,
    nothingToUndo: 'Nothing to undo',
    nothingToRedo: 'Nothing to redo',
    undo: 'Undo',
    redo: 'Redo',
    region: 'Messages',
    dismiss: 'Dismiss',
    retried: (count: number): string =>
      plural(count, { zero: 'Nothing to read again', one: 'Reading # file again', other: 'Reading # files again' }),
  },

  changes: {
    title: 'What changed',
    see: 'See what changed',
    open: (count: number): string => `The last look at your photos moved ${photos(count)} to other groups.`,
    accept: 'Keep all of it',
    reject: 'Go back to how it was',
    none: 'Nothing changed',
    noneHint: 'After the next look at your photos, what moved is shown here, to keep or to take back.',
    summary: (numMoved: number, numSame: number, numNew: number): string =>
      `${photos(numMoved)} moved, ${photos(numSame)} stayed${numNew > 0 ? `, ${plural(numNew, { one: '# is new', other: '# are new' })}` : ''}. What you placed yourself never moves.`,
    decided: {
      accepted: 'You kept these changes.',
      rejected: 'You went back to how it was before.',
      other: 'An earlier result is shown now.',
    },
    list: 'Groups that changed',
    change: (name: string, before: number, after: number): string =>
      `${name}: ${formatNumber(before)} before, ${formatNumber(after)} now`,
    count: (before: number, after: number): string => `${formatNumber(before)} → ${photos(after)}`,
    kinds: { appeared: 'New', vanished: 'Gone' },
    unnamed: 'an unnamed group',
    splitFrom: (name: string | null): string => `Came out of ${quoted(name)}`,
    mergedInto: (name: string | null): string => `Went into ${quoted(name)}`,
    arrived: (count: number, from: string): string => `+ ${photos(count)} from ${from}`,
    left: (count: number, to: string): string => `− ${photos(count)} to ${to}`,
    putBack: 'Put back',
    putBackOf: (name: string): string => `Put back: ${name}`,
    runs: 'Earlier results',
    runsHint: 'Each can be shown again. Names and corrections stay; Undo takes you back.',
    run: (when: string): string => `Result of ${when}`,
    shown: 'Shown now',
    restore: 'Show again',
  },

  activity: {
    title: 'Activity',
    empty: 'Nothing done yet',
    emptyHint: 'Names, moves and merges show up here, and each can be undone.',
    undone: 'undone',
    takeBack: 'Take only this back',
    whyNot: (label: string): string => `Why this cannot be taken back: ${label}`,
    takeBackWhat: (label: string): string => `Take back: ${label}`,
    cannot: (reason: string): string => `Cannot be taken back by itself. ${reason}`,
  },

  run: {
    region: 'Run',
    pause: 'Pause',
    resume: 'Continue',
    cancel: 'Cancel',
    start: 'Start',
    again: 'Start again',
    details: 'Report',
    dismiss: 'Dismiss',
    stage: {
      'index-photos': 'Reading photos',
      embed: 'Looking at photos',
      'learn-features': 'Learning what matters in them',
      'mine-neighbors': 'Finding photos that look alike',
      cluster: 'Forming groups',
      'self-label': 'Refining groups',
      assign: 'Placing every photo',
    } satisfies Record<StageName, string>,
    step: (index: number, total: number): string => `Step ${index} of ${total}`,
    count: (done: number, total: number): string => `${formatNumber(done)} of ${formatNumber(total)}`,
    rate: (perSecond: number): string => `${formatDecimal(perSecond)} a second`,
    left: (time: string): string => `about ${time} left`,
    failed: (count: number): string => plural(count, { one: '# file skipped', other: '# files skipped' }),
    state: {
      running: 'Working',
      paused: 'Paused',
      done: 'Done',
      cancelled: 'Stopped. What was read is kept.',
      failed: 'Something went wrong. Your groups are as they were.',
    } satisfies Record<RunState, string>,
    cancelTitle: 'Stop looking at the photos?',
    cancelText:
      'What has been read is kept, so starting again is quicker. Pause instead to go on later from this point.',
    cancelConfirm: 'Stop',
    keepGoing: 'Keep going',
    gentle: 'Run gently',
    gentleHint: 'Uses one core, half the time, and leaves the rest of the machine to you. Takes longer.',
  },

  look: {
    closer: {
      menu: 'Look closer',
      title: 'Look at your photos more closely?',
      text: 'Kindred looks at every photo again with a larger network and groups them anew, which takes about twice as long. Groups of full-size photos get clearer; of very small pictures they do not.',
      confirm: 'Look closer',
    },
    quickly: {
      menu: 'Look quickly',
      title: 'Look at your photos more quickly?',
      text: 'Kindred looks at every photo again with a smaller network, which is twice as fast, and groups them anew. Groups of full-size photos get less clear.',
      confirm: 'Look quickly',
    },
    kept: 'Your groups with a name stay, and every photo you placed or took out stays so.',
  },

  relearn: {
    menu: 'Learn again with my corrections',
    button: 'Learn again',
    title: 'Learn again with your corrections?',
    text: (count: number): string =>
      `Kindred looks for groups anew and learns from what you said${count > 0 ? `, ${plural(count, { one: '# new correction', other: '# new corrections' })} included` : ''}. Your groups with a name stay, and every photo you placed or took out stays so. What else moved is shown afterwards, to keep or to take back.`,
    confirm: 'Learn again',
    since: (count: number): string =>
      plural(count, {
        one: 'You made # correction since Kindred last learned.',
        other: 'You made # corrections since Kindred last learned.',
      }),
    count: (count: number): string => plural(count, { one: '# new', other: '# new' }),
  },

  report: {
    title: 'Run report',
    none: 'No run yet',
    noneHint: 'The report of the first run appears here.',
    findings: 'What came out',
    curve: 'Groupings that were compared',
    curveHint:
      'Each dot is one way of grouping your photos: how many groups it makes, and how cleanly they separate. The filled dot was chosen.',
    curveX: 'Number of groups',
    curveY: 'Separation',
    agreement: 'Agreement between repeats',
    curvePoint: (name: string, numGroups: number, score: string): string =>
      `${name}: ${groups(numGroups)}, separation ${score}`,
    chosen: 'chosen',
    stages: 'Where the time went',
    items: (count: number): string => plural(count, { one: '# item', other: '# items' }),
    facts: 'Settings of this run',
    engine: 'Engine',
    trunk: 'Trunk',
    seed: 'Seed',
    views: 'Views per photo',
    started: 'Started',
    took: 'Took',
    again: 'Run again',
  },

  problems: {
    title: 'Problem files',
    intro: (count: number): string =>
      plural(count, {
        one: '# file could not be read. The rest was not held up by it.',
        other: '# files could not be read. The rest was not held up by them.',
      }),
    none: 'No problem files',
    noneHint: 'Every photo could be read.',
    file: 'File',
    reason: 'Reason',
    retry: 'Try again',
    retryFile: (path: string): string => `Try again: ${path}`,
    retryAll: 'Try all again',
    leftOut: (count: number): string =>
      plural(count, { one: '# file is not a photo', other: '# files are not photos' }),
    leftOutIntro: 'They are not shown and not touched. Videos are not grouped; what lies behind links is not read.',
    leftOutKind: {
      video: 'A video',
      link: 'A link',
      special: 'Not a file',
      other: 'Not a photo',
    } satisfies Record<LeftOutKind, string>,
  },

  proof: {
    title: 'Check the originals',
    running: (done: number, total: number): string =>
      total === 0 ? 'Reading your photos…' : `${formatNumber(done)} of ${photos(total)} read`,
    intro: 'Every original is read again and compared, byte for byte, with what it was when Kindred first saw it.',
    unchanged: (count: number, total: number): string => `${formatNumber(count)} of ${photos(total)} are unchanged`,
    changed: 'These are not as they were',
  },

  export: {
    title: 'Export',
    intro: 'Make a folder for every group, somewhere outside your photo folder.',
    destination: 'Destination folder',
    destinationHint: 'A folder that is not inside your photo folder',
    browse: 'Choose…',
    mode: 'How',
    modes: {
      copy: ['Copy', 'Photos are copied; originals stay where they are.'],
      hardlink: ['Hard links', 'No extra space, same disk only.'],
      symlink: ['Shortcuts', 'Symbolic links to the originals.'],
      move: ['Move', 'Originals leave their folder.'],
    } satisfies Record<ExportMode, readonly [string, string]>,
    more: 'More choices',
    conflicts: 'If another file has the same name',
    conflict: { ask: 'Ask when it happens', rename: 'Keep both, with a number', skip: 'Leave it out' },
    conflictList: 'Which ones',
    conflictsMore: (count: number): string => `… and ${formatNumber(count)} more`,
    namedOnly: 'Only groups I have named',
    unsure: 'Unsure photos',
    unsureChoices: {
      'with-group': 'With their group',
      'leave-out': 'Leave out',
      'own-folder': 'In a folder of their own',
    },
    unsorted: 'Also export Unsorted, in a folder of its own',
    byYear: 'A folder for every year inside each group',
    companions: 'Take along what belongs to a photo: sidecars, RAW files, Live Photo clips',
    keywords: 'Write the group’s name as a keyword into a sidecar beside each photo',
    manifest: 'Write a list of what came from where',
    planConflicts: (count: number): string =>
      plural(count, { one: '# name is taken there by another file', other: '# names are taken there by other files' }),
    showPlan: 'Show the plan',
    planning: 'Working out the plan…',
    planTitle: (numFolders: number): string => `${folders(numFolders)} will be made`,
    planSummary: (numFiles: number, size: string): string => `${photos(numFiles)}, ${size}`,
    planFree: (free: string): string => `${free} free there`,
    planUnchanged: (count: number): string =>
      plural(count, {
        one: '# is already there and stays as it is',
        other: '# are already there and stay as they are',
      }),
    planTree: 'Folders that will be made',
    nothing: 'Nothing to write: everything is already there.',
    allThere: 'Everything is there already',
    leftOut: (count: number): string =>
      plural(count, {
        one: '# photo left out, because it is in no group',
        other: '# photos left out, because they are in no group',
      }),
    problems: 'This cannot start yet',
    change: 'Change',
    run: (count: number): string => plural(count, { one: 'Export # photo', other: 'Export # photos' }),
    moveTitle: 'Move the originals?',
    moveText: (count: number): string =>
      `${photos(count)} will leave the folder they are in now. “Undo this export” puts them back for as long as nobody changes them.`,
    moveConfirm: (count: number): string => plural(count, { one: 'Move # photo', other: 'Move # photos' }),
    running: (done: number, total: number): string => `${formatNumber(done)} of ${photos(total)}`,
    written: (size: string): string => `${size} written`,
    stop: 'Stop',
    verified: (verified: number, total: number): string =>
      `${formatNumber(verified)} of ${photos(total)} written and verified`,
    linked: (written: number, total: number): string => `${formatNumber(written)} of ${photos(total)} linked`,
    skipped: (count: number): string => plural(count, { one: '# was already there', other: '# were already there' }),
    failed: (count: number): string =>
      plural(count, { one: '# could not be written', other: '# could not be written' }),
    interrupted: (written: number, total: number): string =>
      `Stopped after ${formatNumber(written)} of ${photos(total)}. It can go on from there.`,
    failedAll: 'The export failed. Nothing half-written was left behind.',
    undone: 'Undone: what it wrote is gone again.',
    resume: 'Go on',
    reveal: 'Show in file manager',
    undo: 'Undo this export',
    undoTitle: 'Undo this export?',
    undoText: 'Files it wrote are taken away again, except those somebody changed since.',
    again: 'Export again',
    historyTitle: 'Past exports',
    none: 'No exports yet',
    noneHint: 'Exports are listed here, and each can be undone.',
    state: {
      planned: 'Planned',
      running: 'Running',
      interrupted: 'Stopped',
      done: 'Done',
      failed: 'Failed',
      undoing: 'Undoing',
      undone: 'Undone',
    } satisfies Record<ExportState, string>,
  },

  about: {
    title: 'About Kindred',
    what: 'Learns, without labels and on this machine alone, which of your photos belong together.',
    licence: 'Licence',
    notices: 'Third-party notices',
    loading: 'Reading the licences…',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    sections: [
      [
        'Anywhere',
        [
          ['Ctrl Z', 'Undo'],
          ['Ctrl Shift Z', 'Redo'],
          ['Ctrl F', 'Search; Enter shows the photos that were found'],
          ['F', 'Look at what would follow from your corrections'],
          ['R', 'Answer questions'],
          ['Ctrl + / −', 'Larger or smaller pictures'],
          ['Alt Drag', 'Take photos out to another program (window only)'],
          ['Alt ←', 'Back'],
          ['?', 'This sheet'],
        ],
      ],
      [
        'Groups',
        [
          ['← ↑ → ↓', 'Go from group to group'],
          ['Enter', 'Open'],
          ['F2', 'Rename'],
          ['M', 'Merge into another group'],
          ['S', 'Split'],
          ['P', 'Pin to the front, or unpin'],
          ['H', 'Hide'],
          ['Shift F10', 'The menu of a group or photo'],
        ],
      ],
      [
        'Photos in a group',
        [
          ['← ↑ → ↓', 'Go from photo to photo'],
          ['Shift + arrows', 'Select a range'],
          ['Ctrl Space', 'Select or unselect one'],
          ['Ctrl A, Esc', 'Select all, none'],
          ['Space', 'Quick look'],
          ['Enter', 'Open'],
          ['M', 'Move to a group'],
          ['N', 'New group from the selection'],
          ['T', 'The selected photos belong together'],
          ['D', 'The selected photos are different'],
          ['S', 'Split the group, or around 2 to 8 selected photos'],
          ['C', 'Confirm: it belongs here'],
          ['Shift C', 'Use as cover of the group'],
          ['Del', 'Remove from the group'],
          ['1 – 9', 'Move to a recent group'],
          ['F2', 'Rename the group'],
        ],
      ],
      [
        'Review',
        [
          ['Enter', 'Yes, it belongs'],
          ['Del', 'No'],
          ['→', 'Not sure'],
        ],
      ],
      [
        'Photo',
        [
          ['← →', 'Previous, next'],
          ['+ − 0', 'Zoom in, out, fit'],
          ['I', 'Details'],
          ['Esc', 'Close'],
        ],
      ],
    ] as const,
  },

  errors: {
    'invalid-argument': 'That was not accepted',
    'not-found': 'That is no longer there',
    'failed-precondition': 'That is not possible now',
    cancelled: 'Cancelled',
    unimplemented: 'This version of Kindred cannot do that yet',
    internal: 'Something went wrong inside Kindred',
  } satisfies Record<ErrorCode, string>,
};

/** Every word, in some language: the same keys, with functions that take the same parameters. */
export type Words = Widened<typeof en>;
type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widened<T[K]> };

/** What a translation says; where it lacks a word the English one stands in, and the test of the catalogue fails. */
export type Translation = PartsOf<Words>;
type PartsOf<T> = T extends string | ((...args: never[]) => string) | readonly unknown[] | null
  ? T
  : { readonly [K in keyof T]?: PartsOf<T[K]> };

/** The words in the person's language. It is settled when the window is loaded, so changing it loads the window again. */
export const t: Words = language === 'de' ? fillIn(en, de) : en;
