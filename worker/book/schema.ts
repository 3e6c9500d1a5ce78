import { Outbox } from '../shell/outbox.ts'
import { Figures } from './figures.ts'
import { Roster } from './roster.ts'
import { States } from './states.ts'

/** SQL of a Book, in the order in which it came. */
export const migrations: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
   -- one row a subject: all that is known of it, and when it wants to be looked at again
   CREATE TABLE subject (ref TEXT PRIMARY KEY, state TEXT NOT NULL, due INTEGER) WITHOUT ROWID;
   CREATE INDEX subject_due ON subject (due) WHERE due IS NOT NULL;
   -- pipelines by content hash: a development keeps the one that it began with
   CREATE TABLE pipeline (hash TEXT PRIMARY KEY, source TEXT NOT NULL);
   -- what was decided on which event, and why
   CREATE TABLE trace (seq INTEGER PRIMARY KEY AUTOINCREMENT, ref TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, decisions TEXT NOT NULL);
   CREATE INDEX trace_ref ON trace (ref, seq);
   -- campaigns to be told to the Account, which tells all Books
   CREATE TABLE broadcast (seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL);
   -- campaigns that this Book is still going through its customers for
   CREATE TABLE round (id TEXT PRIMARY KEY, event TEXT NOT NULL, after TEXT NOT NULL);
   ${Outbox.table};`,
  `-- subjects that were merged into another one's, until that one has them
   CREATE TABLE moved (ref TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;`,
  `-- questions over all customers, to be handed to the Account
   CREATE TABLE asked (seq INTEGER PRIMARY KEY AUTOINCREMENT, gather TEXT NOT NULL);`,
  Figures.table,
  Roster.table,
  Figures.keys,
  States.table,
]
