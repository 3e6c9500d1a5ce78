import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The keys that a runtime of one's own needs: from the environment, else from files that only the owner can read. */
export interface Keys {
  masterKey: string
  adminToken: string
}

const keep = (file: string, make: () => string): string => {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const value = make()
  writeFileSync(file, `${value}\n`, { mode: 0o600 })
  return value
}

/** Reads the keys of a data folder, making them the first time. The environment wins. */
export const keysOf = (folder: string): Keys => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    masterKey:
      process.env.LADDER_MASTER_KEY ?? keep(join(folder, 'master-key'), () => randomBytes(32).toString('base64')),
    adminToken:
      process.env.LADDER_ADMIN_TOKEN ?? keep(join(folder, 'admin-token'), () => randomBytes(24).toString('base64url')),
  }
}
