import { mkdir } from 'node:fs/promises'
import { model } from '../../../schemas/model/index.ts'
import type { ObjectDef } from '../../../schemas/model/define.ts'
import { twentyName } from '../../twenty/names.ts'
import { writeManifest, writeRecords, type ExportedFile } from '../files.ts'
import { ok, type Result } from '../problem.ts'
import type { Context } from './context.ts'
import { allRecords, type Row } from './records.ts'
import type { ServerFacts } from './server.ts'

/** Of Ladder's objects the whole record, of Twenty's the id, the title and Ladder's fields. */
const pick = (object: ObjectDef, row: Row): Record<string, unknown> => {
  if (object.kind === 'custom')
    return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'searchVector'))
  const own = object.fields.map(({ name, type }) => (type === 'relation' ? `${twentyName(name)}Id` : twentyName(name)))
  const names = ['id', object.name === 'task' ? 'title' : 'name', 'createdAt', 'updatedAt', 'deletedAt', ...own]
  return Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]))
}

async function* picked(context: Context, object: ObjectDef): AsyncGenerator<Result<Record<string, unknown>[]>> {
  for await (const page of allRecords(context.client, object.plural))
    yield page.ok ? ok(page.value.map((row) => pick(object, row))) : page
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
    const done = await writeRecords(dir, object.name, picked(context, object), (records) =>
      context.progress(`Exporting ${object.plural}: ${records}`),
    )
    if (!done.ok) return done
    files.push(done.value)
  }
  const crm = { kind: 'twenty', url: context.client.url, version: facts.version, workspace: facts.workspaceName }
  await writeManifest(dir, at, { crm, app: facts.installed?.version }, files)
  return ok(files)
}
