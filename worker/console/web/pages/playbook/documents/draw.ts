import { modelOf, type DocumentModel } from '../../../../../method/documents/model.ts'
import type { CompiledPlaybook } from '../../../../../method/context.ts'
import { previewOf } from '../../../../../method/documents/preview.ts'
import type { SubjectState } from '../../../../../method/state.ts'
import type { DocumentLanguage } from '../../../../../../schemas/playbook/index.ts'

export interface Drawn {
  model: DocumentModel
  /** Fields that the layout asks for and the record hasn't. */
  missing: string[]
}

/** A document of a customer by a playbook that isn't in force, as Ladder would make it; null without a development. */
export const drawn = (
  playbook: CompiledPlaybook,
  state: SubjectState,
  code: string,
  language: DocumentLanguage,
  people: ReadonlyMap<string, string>,
  now: number,
): Drawn | null => {
  const preview = previewOf(state, { playbook, now, members: {}, pipeline: () => undefined }, code, null)
  if (!preview.ok) return null
  const { request } = preview
  const missing = request.layout.requires.filter((name) => [null, undefined, ''].includes(request.values[name] as null))
  return { model: modelOf(request, language, people), missing }
}
