import { mkdir } from 'node:fs/promises'
import { type Shape, standardType } from '../../../worker/crm/hubspot/layout.ts'
import { ladderProperties, readProperties, relationsOf } from '../../../worker/crm/hubspot/names.ts'
import { writeManifest, writeRecords, type ExportedFile } from '../files.ts'
import { ok, type Result } from '../problem.ts'
import { pathFor } from './account.ts'
import { isUnmade } from './carrier.ts'
import type { Context } from './context.ts'
import type { Facts } from './facts.ts'
import { allRecords, type Row } from './records.ts'

/** Whether a record has anything of Ladder's: HubSpot's own are exported for that alone. */
const hasLadders = (row: Row): boolean =>
  Object.entries(row.properties).some(([name, value]) => name.startsWith('ladder_') && value !== null && value !== '')

async function* rowsOf(context: Context, shape: Shape, object: string): AsyncGenerator<Result<Row[]>> {
  const objectType = pathFor(shape, object)
  if (isUnmade(objectType)) return
  const made = ladderProperties(shape, object).map(({ name }) => name)
  const properties = [...new Set([...readProperties(shape, object), ...made])]
  const others = [...new Set(relationsOf(shape, object).map(({ relation }) => pathFor(shape, relation.to)))]
  const isOwn = standardType(shape.carrier, object) === undefined
  for await (const page of allRecords(context.client, objectType, properties, others))
    yield page.ok ? ok(page.value.filter((row) => isOwn || hasLadders(row))) : page
}

/**
 * Writes every record of Ladder's objects, and those of HubSpot's that have something of Ladder's, as NDJSON files with a
 * manifest.json that counts them: the values are HubSpot's own texts, the links by record id. Those in the bin are among
 * them, with `archived`.
 */
export const exportRecords = async (
  context: Context,
  facts: Facts,
  shape: Shape,
  dir: string,
  at: Date,
): Promise<Result<ExportedFile[]>> => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const files: ExportedFile[] = []
  for (const object of Object.keys(shape.types)) {
    const done = await writeRecords(dir, object, rowsOf(context, shape, object), (records) =>
      context.progress(`Exporting ${object}: ${records}`),
    )
    if (!done.ok) return done
    files.push(done.value)
  }
  const crm = { kind: 'hubspot', url: context.client.url, portalId: facts.portalId, carrier: shape.carrier }
  await writeManifest(dir, at, { crm, types: shape.types }, files)
  return ok(files)
}
