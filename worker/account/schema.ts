import { Outbox } from '../shell/outbox.ts'
import { ActionStore } from './action-store.ts'
import { AskedConsents } from './asked-consents.ts'
import { Erased } from './erased.ts'
import { Gathers } from './gathers.ts'
import { Merges } from './merges.ts'
import { Touched } from './touched.ts'

/** SQL of the Account, in the order in which it came. */
export const migrations: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
   -- secrets, each sealed under the master key for this account and name
   CREATE TABLE secret (name TEXT PRIMARY KEY, sealed TEXT NOT NULL);
   -- verified requests, one row each, until they are unpacked
   CREATE TABLE inbox (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL, dedupe TEXT NOT NULL UNIQUE);
   -- which subject a CRM record belongs to; '' when to none
   CREATE TABLE link (object TEXT NOT NULL, id TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (object, id)) WITHOUT ROWID;
   -- the bank's customer number → subject
   CREATE TABLE customer (customer_no TEXT PRIMARY KEY, ref TEXT NOT NULL) WITHOUT ROWID;
   -- facts of customers that the CRM doesn't have yet
   CREATE TABLE parked (seq INTEGER PRIMARY KEY AUTOINCREMENT, customer_no TEXT NOT NULL, id TEXT NOT NULL UNIQUE, fact TEXT NOT NULL);
   CREATE INDEX parked_customer ON parked (customer_no, seq);
   -- customers that were learned just now: their facts wait no longer
   CREATE TABLE arrival (customer_no TEXT PRIMARY KEY) WITHOUT ROWID;
   CREATE TABLE playbook (version INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, origin TEXT NOT NULL);
   -- method records (tier rules, policies, templates) as last seen in the CRM
   CREATE TABLE method_record (object TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (object, id)) WITHOUT ROWID;
   CREATE TABLE sweep (object TEXT PRIMARY KEY, since TEXT NOT NULL, high TEXT NOT NULL, cursor TEXT, phase TEXT NOT NULL, next_at INTEGER NOT NULL, rounds INTEGER NOT NULL DEFAULT 0, scan_at INTEGER NOT NULL, fault TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
   CREATE TABLE scanned (object TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (object, id)) WITHOUT ROWID;
   CREATE TABLE broadcast (id TEXT PRIMARY KEY, event TEXT NOT NULL, next_shard INTEGER NOT NULL) WITHOUT ROWID;
   -- what came in, newest last
   CREATE TABLE event_log (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, via TEXT NOT NULL, type TEXT NOT NULL, object TEXT NOT NULL, record_id TEXT NOT NULL, ref TEXT NOT NULL, id TEXT NOT NULL, news INTEGER NOT NULL);
   CREATE TABLE audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL);
   ${Outbox.table};`,
  ActionStore.table,
  // what is sent again is told in memory: an index would be written with each ack
  `ALTER TABLE inbox RENAME TO inbox_before;
   CREATE TABLE inbox (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL);
   INSERT INTO inbox SELECT seq, source, body, at FROM inbox_before;
   DROP TABLE inbox_before;`,
  `${Touched.table}
   ${Merges.table}
   ${Erased.table}`,
  AskedConsents.table,
  Gathers.table,
  // how a record was when it was last seen, by the CRM's clock; who told of one that has to be read
  `ALTER TABLE link ADD COLUMN seen TEXT NOT NULL DEFAULT '';
   ALTER TABLE touched ADD COLUMN via TEXT NOT NULL DEFAULT 'webhook';`,
  // when a round began, and when the newest change was seen first
  `ALTER TABLE sweep ADD COLUMN round_at INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE sweep ADD COLUMN high_at INTEGER NOT NULL DEFAULT 0;`,
  // who made a version, and why
  `ALTER TABLE playbook ADD COLUMN who TEXT NOT NULL DEFAULT '';
   ALTER TABLE playbook ADD COLUMN reason TEXT NOT NULL DEFAULT '';`,
]
