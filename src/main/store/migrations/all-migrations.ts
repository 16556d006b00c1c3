import { sql as first } from './0001-first';
import { sql as earlierRuns } from './0002-earlier-runs';
import { sql as leftOut } from './0003-left-out';
import { sql as wholeViews } from './0004-whole-views';
import { sql as teaching } from './0005-teaching';
import { sql as watching } from './0006-watching';
import { sql as shownPhotos } from './0007-shown-photos';
import { sql as detail } from './0008-detail';
import { sql as trunk } from './0009-trunk';
import { sql as whiteningAlone } from './0010-whitening-alone';
import { sql as homes } from './0011-homes';
import { sql as placing } from './0012-placing';
import { sql as search } from './0013-search';
import { sql as curveScore } from './0014-curve-score';
import { sql as trunkUnsaid } from './0015-trunk-unsaid';
import { sql as contentIdentity } from './0016-content-identity';
import { sql as noAssignments } from './0017-no-assignments';

export interface Migration {
  /** The version the file has afterwards. */
  version: number;
  sql: string;
}

/** Every migration in order. A released one is never edited; a change is a new one. */
export const allMigrations: readonly Migration[] = [
  { version: 1, sql: first },
  { version: 2, sql: earlierRuns },
  { version: 3, sql: leftOut },
  { version: 4, sql: wholeViews },
  { version: 5, sql: teaching },
  { version: 6, sql: watching },
  { version: 7, sql: shownPhotos },
  { version: 8, sql: detail },
  { version: 9, sql: trunk },
  { version: 10, sql: whiteningAlone },
  { version: 11, sql: homes },
  { version: 12, sql: placing },
  { version: 13, sql: search },
  { version: 14, sql: curveScore },
  { version: 15, sql: trunkUnsaid },
  { version: 16, sql: contentIdentity },
  { version: 17, sql: noAssignments },
];
