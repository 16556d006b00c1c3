import { EmbeddingStore } from './embeddings';
import { GroupTreeStore } from './group-trees';
import { Journal } from './journal';
import { LearnedStore } from './learned';
import { LibraryStore } from './library';
import { MembershipStore } from './memberships';
import { type Db, openDatabase } from './open-database';
import { PairConstraintStore } from './pair-constraints';
import { PhotoIdentity } from './photo-identity';
import { PhotoStore } from './photos';
import { PlacementStore } from './placements';
import { RunHistory } from './run-history';
import { RunHeadStore } from './run-heads';
import { RunStore } from './runs';

/** One library's database, a part a table family. */
export interface Store {
  db: Db;
  library: LibraryStore;
  photos: PhotoStore;
  identity: PhotoIdentity;
  embeddings: EmbeddingStore;
  learned: LearnedStore;
  runs: RunStore;
  runHistory: RunHistory;
  heads: RunHeadStore;
  placements: PlacementStore;
  trees: GroupTreeStore;
  memberships: MembershipStore;
  pairs: PairConstraintStore;
  journal: Journal;
  close(): void;
}

/** @throws {AppError} See {@link openDatabase}, which also tells what `synchronous` means. */
export function openStore(file: string, synchronous: 'FULL' | 'NORMAL' = 'FULL'): Store {
  const db = openDatabase(file, undefined, synchronous);
  return {
    db,
    library: new LibraryStore(db),
    photos: new PhotoStore(db),
    identity: new PhotoIdentity(db),
    embeddings: new EmbeddingStore(db),
    learned: new LearnedStore(db),
    runs: new RunStore(db),
    runHistory: new RunHistory(db),
    heads: new RunHeadStore(db),
    placements: new PlacementStore(db),
    trees: new GroupTreeStore(db),
    memberships: new MembershipStore(db),
    pairs: new PairConstraintStore(db),
    journal: new Journal(db),
    close: () => db.close(),
  };
}
