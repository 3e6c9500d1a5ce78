/** SQL of Access, in the order in which it came. Secrets that people carry stand here as their SHA-256 alone. */
export const migrations: readonly string[] = [
  `-- who may do what: by e-mail address, or by the subject that a provider (issuer) knows a person by
   CREATE TABLE person (who TEXT PRIMARY KEY, kind TEXT NOT NULL, issuer TEXT NOT NULL DEFAULT '', name TEXT NOT NULL, role TEXT NOT NULL, branches TEXT NOT NULL, rm TEXT, accounts TEXT, at INTEGER NOT NULL, by TEXT NOT NULL) WITHOUT ROWID;
   -- signed-in browsers; times in epoch ms; secure: made over https, so that its cookie has the __Host- name
   CREATE TABLE session (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, email TEXT NOT NULL, subject TEXT NOT NULL, issuer TEXT NOT NULL, name TEXT NOT NULL, secure INTEGER NOT NULL, made_at INTEGER NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE setup_link (hash TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
   -- sign-ins that a provider was asked for: good once, in the browser that asked
   CREATE TABLE asked (hash TEXT PRIMARY KEY, browser TEXT NOT NULL, path TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
   -- tries of a kind from an address since a time
   CREATE TABLE try (name TEXT PRIMARY KEY, since INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
   -- the provider of OpenID Connect: one row; its client secret is sealed under the master key
   CREATE TABLE provider (id INTEGER PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL, sealed TEXT NOT NULL);
   -- who did what; status: the answer's, null while it is not known
   CREATE TABLE audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL, account TEXT NOT NULL, detail TEXT NOT NULL, status INTEGER);`,
]
