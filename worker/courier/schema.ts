/** SQL of the Courier, in the order in which it came. */
export const migrations: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
   -- one row a write: state waiting (next_at says from when) or dead (reason says why)
   CREATE TABLE letter (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL, target TEXT NOT NULL, object TEXT NOT NULL, key TEXT, record_id TEXT, fields TEXT NOT NULL, why TEXT NOT NULL,
     at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL,
     state TEXT NOT NULL DEFAULT 'waiting', reason TEXT NOT NULL DEFAULT '');
   CREATE INDEX letter_due ON letter (state, next_at, seq);
   CREATE INDEX letter_target ON letter (target, state);
   -- how far each sender's parcels have been taken over
   CREATE TABLE taken (sender TEXT PRIMARY KEY, seq INTEGER NOT NULL);
   -- the CRM's record of a ladder key
   CREATE TABLE known (key TEXT PRIMARY KEY, object TEXT NOT NULL, record_id TEXT NOT NULL);
   CREATE INDEX known_record ON known (record_id);
   -- customers that were made for core banking, until the Account has been told
   CREATE TABLE news (seq INTEGER PRIMARY KEY AUTOINCREMENT, news TEXT NOT NULL);`,
  // letters that failed together and are sent apart since: those of one lot go together; 0 are all the others
  `ALTER TABLE letter ADD COLUMN lot INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX letter_key ON letter (key, state);`,
  // what a CRM was last told to show of a record in a form of its own
  `CREATE TABLE drawn (key TEXT PRIMARY KEY, value TEXT NOT NULL);`,
]
