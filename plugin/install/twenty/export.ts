import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import path from 'node:path'
import { model } from '../../../schemas/model/index.ts'
import type { ObjectDef } from '../../../schemas/model/define.ts'
import { twentyName } from '../../twenty/names.ts'
import type { Context } from './context.ts'
import { ok, type Result } from '../problem.ts'
import { allRecords, type Row } from './records.ts'
import type { ServerFacts } from './server.ts'

interface ExportedFile {
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

/** Of Ladder's objects the whole record, of Twenty's the id, the title and Ladder's fields. */
const pick = (object: ObjectDef, row: Row): Record<string, unknown> => {
  if (object.kind === 'custom')
    return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'searchVector'))
  const own = object.fields.map(({ name, type }) => (type === 'relation' ? `${twentyName(name)}Id` : twentyName(name)))
  const names = ['id', object.name === 'task' ? 'title' : 'name', 'createdAt', 'updatedAt', 'deletedAt', ...own]
  return Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]))
}

const exportObject = async (context: Context, object: ObjectDef, dir: string): Promise<Result<ExportedFile>> => {
  const file = `${object.name}.ndjson`
  const stream = createWriteStream(path.join(dir, file))
  const hash = createHash('sha256')
  let records = 0
  try {
    for await (const page of allRecords(context.client, object.plural)) {
      if (!page.ok) return page
      for (const row of page.value) {
        const line = `${JSON.stringify(pick(object, row))}\n`
        hash.update(line)
        if (!stream.write(line)) await once(stream, 'drain')
      }
      records += page.value.length
      context.progress(`Exporting ${object.plural}: ${records}`)
    }
  } finally {
    stream.end()
    await once(stream, 'close')
  }
  return ok({ file, object: object.name, records, sha256: hash.digest('hex') })
}

/**
 * Writes every record of Ladder's objects, and Ladder's fields of Twenty's, as NDJSON files with a manifest.json that counts
 * them: the values are Twenty's own (money in micros). Soft-deleted records are among them, with their `deletedAt`.
 */
export const exportRecords = async (
  context: Context,
  facts: ServerFacts,
  dir: string,
  at: Date,
): Promise<Result<ExportedFile[]>> => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const files: ExportedFile[] = []
  for (const object of model) {
    const done = await exportObject(context, object, dir)
    if (!done.ok) return done
    files.push(done.value)
  }
  const manifest = {
    format: 'ladder-export/1',
    at: at.toISOString(),
    crm: { kind: 'twenty', url: context.client.url, version: facts.version, workspace: facts.workspaceName },
    app: facts.installed?.version,
    files,
  }
  await writeFile(path.join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return ok(files)
}
