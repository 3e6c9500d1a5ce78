import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import path from 'node:path'
import { ok, type Result } from './problem.ts'

export interface ExportedFile {
  file: string
  object: string
  records: number
  sha256: string
}

/** A directory that isn't there yet: the wanted one, or with -2, -3 … behind it. */
export const freshDir = (wanted: string): string => {
  for (let copy = 1; ; copy++) {
    const dir = copy === 1 ? wanted : `${wanted}-${copy}`
    if (!existsSync(dir)) return dir
  }
}

/** Writes pages of records as one NDJSON file, a record a line; told after each page how many there are. */
export const writeRecords = async (
  dir: string,
  object: string,
  pages: AsyncIterable<Result<readonly object[]>>,
  onPage: (records: number) => void,
): Promise<Result<ExportedFile>> => {
  const file = `${object}.ndjson`
  const stream = createWriteStream(path.join(dir, file))
  const hash = createHash('sha256')
  let records = 0
  try {
    for await (const page of pages) {
      if (!page.ok) return page
      for (const row of page.value) {
        const line = `${JSON.stringify(row)}\n`
        hash.update(line)
        if (!stream.write(line)) await once(stream, 'drain')
      }
      records += page.value.length
      onPage(records)
    }
  } finally {
    stream.end()
    await once(stream, 'close')
  }
  return ok({ file, object, records, sha256: hash.digest('hex') })
}

/** Says what an export holds: its files with counts and checksums, and where they are from. */
export const writeManifest = (dir: string, at: Date, from: object, files: readonly ExportedFile[]): Promise<void> => {
  const manifest = { format: 'ladder-export/1', at: at.toISOString(), ...from, files }
  return writeFile(path.join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
