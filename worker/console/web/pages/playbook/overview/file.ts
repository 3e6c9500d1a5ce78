import type { Issue } from '../../../parts/api.ts'
import { fromKept, type KeptPlaybook, type Playbook } from '../../../../../../schemas/playbook/index.ts'
import { parsePlaybook } from '../../../../../method/playbook/parse.ts'

export type FileRead = { ok: true; playbook: Playbook } | { ok: false; message: string; issues: Issue[] }

/** Hands a text to the browser as a file to be kept. */
const download = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export const exportPlaybook = async (playbook: Playbook, name: string, form: 'json' | 'yaml'): Promise<void> => {
  if (form === 'json') return download(`${name}.json`, `${JSON.stringify(playbook, null, 2)}\n`)
  const { stringify } = await import('yaml')
  download(`${name}.yaml`, stringify(playbook))
}

/** A playbook from the text of a file, JSON or YAML; also one that was written before everything in it could be set. */
export const importPlaybook = async (text: string, like: Playbook): Promise<FileRead> => {
  let value: unknown
  try {
    value = text.trimStart().startsWith('{') ? JSON.parse(text) : (await import('yaml')).parse(text)
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), issues: [] }
  }
  const read = parsePlaybook(value, like)
  if (!read.ok) return { ok: false, message: '', issues: read.issues }
  return { ok: true, playbook: fromKept(read.playbook as KeptPlaybook) }
}
