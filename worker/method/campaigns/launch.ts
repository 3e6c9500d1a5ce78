import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'
import { say } from '../tiers/text.ts'

/** The method id of a template's record, by which the playbook knows it (`CAMP-S1`); people's own go by their record. */
export const templateCodeOf = ({ id, fields }: RecordSnapshot): string => {
  const { code, ladderKey: key } = fields
  if (typeof code === 'string' && code !== '') return code
  return typeof key === 'string' && key.startsWith('method/template/')
    ? key.slice('method/template/'.length)
    : `template-${id}`
}

/**
 * Setting “Hold on” makes a campaign from the template, once for each time that is set (CAMP-S1 to CAMP-S5); the field is
 * emptied again. A template that is off or in error starts nothing.
 */
export const launch = (draft: Draft): void => {
  const { state, ctx } = draft
  const { id } = parseRef(state.ref)
  const record = draft.record('campaignTemplate', id)
  const at = Date.parse(String(record?.fields['launchOn'] ?? ''))
  if (!record || record.deleted || !Number.isFinite(at)) return
  if (record.fields['state'] === 'OFF' || record.fields['state'] === 'ERROR') return
  const heldOn = new Date(at).toISOString()
  const code = templateCodeOf(record)
  const key = ladderKey(state.ref, 'launch', heldOn)
  if (!state.launched[heldOn]) {
    state.launched[heldOn] = key
    const source = ctx.playbook.campaigns.get(code)?.source
    const text = (name: 'name' | 'theme' | 'place'): string => {
      const shown = record.fields[name]
      if (typeof shown === 'string' && shown !== '') return shown
      return source ? say(ctx, source[name].en, source[name].zh) : ''
    }
    const date = ctx.playbook.calendar.dateOf(at)
    draft.upsert(
      'campaign',
      key,
      {
        name: `${text('name') || code} ${date}`,
        template: id,
        templateCode: code,
        heldOn,
        status: 'PLANNED',
        theme: text('theme'),
        place: text('place'),
        size: record.fields['size'] ?? source?.size ?? null,
      },
      draft.why(code, { inputs: { launchOn: heldOn } }),
    )
  }
  draft.update('campaignTemplate', id, { launchOn: null }, draft.why(code))
}
