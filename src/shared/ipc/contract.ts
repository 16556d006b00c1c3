import { z } from 'zod';

import { ExportOptions, ExportPlan, ExportProgress, ExportReport } from '../model/export';
import { DetailView, GroupList, GroupName, NamesImport, NamesSource, Place, SplitPreview } from '../model/group';
import { History, HistoryEntry } from '../model/history';
import { ExportId, FolderId, GroupId, JournalId, LibraryId, PhotoId, RunId } from '../model/ids';
import { FolderListing, LibraryStatus, OriginalsProof, ProofProgress, RecentLibrary } from '../model/library';
import { LeftOutFile, PhotoCell, PhotoDetails, PhotoSort, ProblemFile } from '../model/photo';
import { PairConflict } from '../model/pair';
import { Detail, RunProgress, RunReport, RunRequest } from '../model/run';
import { KeptRun, RunDiff } from '../model/run-diff';
import { QuestionKey, ReviewAnswer, ReviewQuestion, TeachPreview } from '../model/teach';
import { defineContract, type ProcedureName } from './define';

/** @file Everything the renderer can ask of the host, and everything the host tells it. */

const Nothing = z.strictObject({});
const PhotoIds = z.array(PhotoId).min(1).max(100_000);
const HostPath = z.string().min(1).max(4096);
/** What an edit answers: the journal's entry, so that a toast can offer Undo. */
const Edited = z.object({ entry: HistoryEntry });

export const contract = defineContract({
  procedures: {
    'app.capabilities': {
      input: Nothing,
      output: z.object({
        version: z.string(),
        door: z.enum(['window', 'page', 'memory']),
        /** A native folder dialog exists; otherwise folders are chosen with `folder.browse`. */
        canPickFolder: z.boolean(),
        /** The host can open its file manager. */
        canReveal: z.boolean(),
        /** Photos can be shown in the file manager, opened with another program and dragged out of the window. */
        canShowInFolder: z.boolean(),
      }),
    },
    /** For the About box: the licence, and the notices of everything Kindred is made with. */
    'app.notices': {
      input: Nothing,
      output: z.object({ version: z.string(), licence: z.string(), notices: z.string() }),
    },
    /** A bug in the window goes into the log, with its stack. */
    'app.reportError': { input: z.strictObject({ text: z.string().max(10_000) }), output: Nothing },
    /** Opens the native folder dialog. Null when the person cancels. */
    'folder.pick': {
      input: z.strictObject({ title: z.string().max(200) }),
      output: z.object({ path: z.string().nullable() }),
    },
    /** Lists the folders inside a folder of the host; without a path, the person's home. */
    'folder.browse': { input: z.strictObject({ path: HostPath.nullable() }), output: FolderListing },

    'library.recent': { input: Nothing, output: z.array(RecentLibrary) },
    /** Opens (or makes) the library of a folder. It does not start a run. */
    'library.open': { input: z.strictObject({ path: HostPath }), output: LibraryStatus },
    'library.reopen': { input: z.strictObject({ libraryId: LibraryId }), output: LibraryStatus },
    /** Opens what the person asked for from outside the page (command line, second start), and looks for new photos. Null when nothing is. */
    'library.openWanted': { input: Nothing, output: LibraryStatus.nullable() },
    'library.status': { input: Nothing, output: LibraryStatus.nullable() },
    'library.close': { input: Nothing, output: Nothing },
    /** A folder was moved or has another drive letter now: believed once enough of its photos are found there, by content. */
    'library.relink': { input: z.strictObject({ folderId: FolderId, path: HostPath }), output: LibraryStatus },
    /** New photos are noticed while the library is open, or only when the person asks. */
    'library.setWatching': { input: z.strictObject({ isWatching: z.boolean() }), output: Nothing },
    /** Reads every original again and compares it with what was indexed. Can be cancelled. */
    'library.proveOriginals': { input: Nothing, output: OriginalsProof },

    /** Starts a run, or resumes the one that was interrupted. */
    'pipeline.start': { input: z.strictObject({ options: RunRequest }), output: z.object({ runId: RunId }) },
    'pipeline.status': { input: Nothing, output: RunProgress.nullable() },
    /** Stops at the next safe point; what is done stays done and the run can be resumed. */
    'pipeline.pause': { input: Nothing, output: Nothing },
    /** Leaves the machine to the person: at once, and for later runs of this library. */
    'pipeline.setGentle': { input: z.strictObject({ isGentle: z.boolean() }), output: Nothing },
    'pipeline.cancel': { input: Nothing, output: Nothing },
    /** The report of a run; null asks for the latest. */
    'run.report': { input: z.strictObject({ runId: RunId.nullable() }), output: RunReport.nullable() },

    /** Runs whose groups can be shown again, newest first. */
    'run.list': { input: Nothing, output: z.array(KeptRun) },
    /** What a run changed against what was shown before; null asks for the newest. */
    'run.diff': { input: z.strictObject({ runId: RunId.nullable() }), output: RunDiff.nullable() },
    /** Keeps what the newest run changed. */
    'run.accept': { input: Nothing, output: Edited },
    /** Shows the groups of an earlier run again (or of the newest). */
    'run.restore': { input: z.strictObject({ runId: RunId }), output: Edited },
    /** Undoes what the run changed in one group. */
    'run.putBack': { input: z.strictObject({ runId: RunId, groupId: GroupId }), output: Edited },

    'group.list': { input: Nothing, output: GroupList },
    /** A page of the photos at a place: sure first, most typical first. */
    'group.photos': {
      input: z.strictObject({ place: Place, offset: z.int().min(0), limit: z.int().min(1).max(2000) }),
      output: z.object({ total: z.int(), photos: z.array(PhotoCell), revision: z.int() }),
    },
    /** Where the detail slider stands and what else it can show; null while there is nothing to choose from. */
    'group.detail': { input: Nothing, output: DetailView.nullable() },
    /** Shows fewer, bigger groups or more, smaller ones, without a run. Names and corrections stay. */
    'group.setDetail': {
      input: z.strictObject({
        detail: Detail,
        /** The entry of the same drag of the slider: it is gone on with, so that a drag is undone as one. */
        continues: JournalId.nullable().default(null),
      }),
      output: Edited,
    },
    'group.rename': { input: z.strictObject({ groupId: GroupId, name: GroupName }), output: Edited },
    'group.setCover': { input: z.strictObject({ groupId: GroupId, photoId: PhotoId }), output: Edited },
    'group.create': {
      input: z.strictObject({ name: GroupName, photoIds: PhotoIds }),
      output: Edited.extend({ groupId: GroupId }),
    },
    /** Everything in the source moves to the target; the source disappears. */
    'group.merge': { input: z.strictObject({ sourceId: GroupId, targetId: GroupId }), output: Edited },
    /** How the group would come apart, by look or around one photo a part. Changes nothing. */
    'group.splitPreview': {
      input: z.strictObject({
        groupId: GroupId,
        /** Null: as many as the photos suggest. */
        numParts: z.int().min(2).max(8).nullable(),
        seedPhotoIds: z.array(PhotoId).min(2).max(8).nullable(),
      }),
      output: SplitPreview,
    },
    /** Takes the group apart as it was previewed. The first part stays the group; the others become groups of their own. */
    'group.split': {
      input: z.strictObject({
        groupId: GroupId,
        parts: z
          .array(z.strictObject({ name: GroupName.nullable(), photoIds: PhotoIds }))
          .min(2)
          .max(8),
      }),
      output: Edited.extend({ groupIds: z.array(GroupId) }),
    },
    'group.setHidden': { input: z.strictObject({ groupId: GroupId, isHidden: z.boolean() }), output: Edited },
    'group.setPinned': { input: z.strictObject({ groupId: GroupId, isPinned: z.boolean() }), output: Edited },
    /** Takes names and corrections from a folder that Kindred exported, or from other programs' keywords: one edit. */
    'group.importNames': {
      input: z.strictObject({ path: HostPath, from: NamesSource.default('auto') }),
      output: NamesImport,
    },

    /** A page of photos that match what was typed (a name, a file, a date, a camera), or of a place in another order. */
    'photo.find': {
      input: z.strictObject({
        place: Place,
        search: z.string().trim().max(200),
        sort: PhotoSort,
        offset: z.int().min(0),
        limit: z.int().min(1).max(2000),
      }),
      output: z.object({ total: z.int(), photos: z.array(PhotoCell), revision: z.int() }),
    },
    'photo.get': { input: z.strictObject({ photoId: PhotoId }), output: PhotoDetails },
    /** Opens the photo's folder in the file manager, with the photo chosen. */
    'photo.showInFolder': { input: z.strictObject({ photoId: PhotoId }), output: Nothing },
    /** Opens the photo with the program that the system has for it. */
    'photo.openOutside': { input: z.strictObject({ photoId: PhotoId }), output: Nothing },
    'photo.move': { input: z.strictObject({ photoIds: PhotoIds, groupId: GroupId }), output: Edited },
    /** «Not this group»: to Unsorted, and never back into that group by itself. */
    'photo.remove': { input: z.strictObject({ photoIds: PhotoIds }), output: Edited },
    'photo.confirm': { input: z.strictObject({ photoIds: PhotoIds }), output: Edited },
    /** These belong together: all go to one group, and stay together. Conflicts with what was said before are told, not overruled. */
    'photo.together': {
      input: z.strictObject({
        photoIds: z.array(PhotoId).min(2).max(500),
        /** The person chose: what was said before gives way. */
        isForced: z.boolean().default(false),
      }),
      output: z.object({
        /** Null where there are conflicts: then nothing has changed. */
        entry: HistoryEntry.nullable(),
        conflicts: z.array(PairConflict),
        groupId: GroupId.nullable(),
        numMoved: z.int().min(0),
      }),
    },
    /** These are different, each from each: no two of them share a group. */
    'photo.apart': {
      input: z.strictObject({
        photoIds: z.array(PhotoId).min(2).max(50),
        /** The person chose: these no longer belong with those they were said to belong with. */
        leavingIds: z.array(PhotoId).max(50).default([]),
      }),
      output: z.object({
        entry: HistoryEntry.nullable(),
        conflicts: z.array(PairConflict),
        /** Photos that left a group they shared. */
        numLeft: z.int().min(0),
      }),
    },
    /** The neighbours that voted for where a photo is. */
    'photo.neighbors': {
      input: z.strictObject({ photoId: PhotoId }),
      output: z.array(
        z.object({ id: PhotoId, similarity: z.number(), groupName: z.string().nullable(), isSameGroup: z.boolean() }),
      ),
    },
    'photo.problems': { input: Nothing, output: z.array(ProblemFile) },
    /** Files that are no photos, by name: videos first. Hidden, system and sidecar files are only counted. */
    'photo.leftOut': { input: Nothing, output: z.array(LeftOutFile) },
    /** Marks problem files to be read again by the next run; an empty list means all. */
    'photo.retry': { input: z.strictObject({ photoIds: z.array(PhotoId) }), output: z.object({ numRetried: z.int() }) },

    /** The photos that would follow from everything that was said so far. */
    'teach.preview': { input: Nothing, output: TeachPreview },
    /** Lets photos follow: one edit. Those that would not move any more are left out. */
    'teach.accept': {
      input: z.strictObject({
        moves: z
          .array(z.strictObject({ groupId: GroupId, photoIds: PhotoIds }))
          .min(1)
          .max(1000),
      }),
      output: Edited.extend({ numMoved: z.int() }),
    },
    /** What is worth asking now, the most telling first. */
    'question.list': {
      input: z.strictObject({ limit: z.int().min(1).max(100) }),
      output: z.object({ questions: z.array(ReviewQuestion), numOpen: z.int().min(0) }),
    },
    'question.answer': {
      input: z.strictObject({ key: QuestionKey, answer: ReviewAnswer }),
      output: Edited.extend({ numSettled: z.int() }),
    },

    'history.list': { input: Nothing, output: History },
    /** Why each entry cannot be taken back by itself; null where it can. */
    'history.revertible': {
      input: z.strictObject({ entryIds: z.array(JournalId).max(50) }),
      output: z.array(z.object({ id: JournalId, reason: z.string().nullable() })),
    },
    /** Takes one entry back though later ones stand; that can be undone in turn. */
    'history.revert': { input: z.strictObject({ entryId: JournalId }), output: Edited },
    'history.undo': { input: Nothing, output: z.object({ entry: HistoryEntry.nullable() }) },
    'history.redo': { input: Nothing, output: z.object({ entry: HistoryEntry.nullable() }) },

    /** Works out what an export would write, and writes nothing. */
    'export.plan': { input: ExportOptions, output: ExportPlan },
    /** Writing goes on in the background; `move` needs the person's second yes. */
    'export.start': {
      input: z.strictObject({ exportId: ExportId, isConfirmed: z.boolean().default(false) }),
      output: Nothing,
    },
    'export.cancel': { input: z.strictObject({ exportId: ExportId }), output: Nothing },
    'export.resume': { input: z.strictObject({ exportId: ExportId }), output: Nothing },
    'export.report': { input: z.strictObject({ exportId: ExportId }), output: ExportReport },
    'export.list': { input: Nothing, output: z.array(ExportReport) },
    /** Removes what the export wrote and nobody changed since. */
    'export.undo': { input: z.strictObject({ exportId: ExportId }), output: ExportReport },
    /** Shows the destination in the file manager. */
    'export.reveal': { input: z.strictObject({ exportId: ExportId }), output: Nothing },
  },
  events: {
    /** There is something to open with `library.openWanted`. */
    'library.wanted': z.object({}),
    /** At most ten a second. */
    'pipeline.progress': RunProgress,
    /** Groups, names or places changed; fetch again what is shown. */
    'library.changed': z.object({ revision: z.int().min(0) }),
    'export.progress': ExportProgress,
    /** At most ten a second. */
    'library.proofProgress': ProofProgress,
  },
});
export type AppContract = typeof contract;

/** Procedures that change nothing and take little: where a host died over one, the next may be asked again. */
export const repeatableProcedures: ReadonlySet<string> = new Set<ProcedureName<AppContract>>([
  'app.capabilities',
  'app.notices',
  'folder.browse',
  'library.recent',
  'library.status',
  'pipeline.status',
  'run.report',
  'run.list',
  'group.list',
  'group.photos',
  'group.detail',
  'photo.find',
  'photo.get',
  'photo.problems',
  'photo.leftOut',
  'history.list',
  'history.revertible',
  'export.report',
  'export.list',
]);
