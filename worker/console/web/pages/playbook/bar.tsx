import Alert from 'antd/es/alert'
import Button from 'antd/es/button'
import Popconfirm from 'antd/es/popconfirm'
import { type ReactNode, useMemo, useState } from 'react'
import type { Playbook } from '../../../../../schemas/playbook/index.ts'
import { diffPlaybooks } from '../../../../method/playbook/diff.ts'
import { call } from '../../parts/api.ts'
import { useLanguage } from '../../parts/language.tsx'
import { useNotice } from '../../parts/notice.tsx'
import { Go } from '../../parts/router.tsx'
import { useAccountPath, useUser } from '../../parts/session.tsx'
import { merge } from './draft/merge.ts'
import { pathFrom } from './draft/path.ts'
import { useDraft } from './draft/use-draft.tsx'
import { placeText } from './place-text.ts'
import { texts } from './texts.ts'

/** Someone else published meanwhile: told, and brought together on demand. */
const Stale = (): ReactNode => {
  const { say } = useLanguage()
  const tell = useNotice()
  const account = useAccountPath()
  const { active, base, playbook, replace } = useDraft()
  const [isBusy, setBusy] = useState(false)
  const bring = async (): Promise<void> => {
    setBusy(true)
    const answer = await call<Playbook>('GET', `${account}/playbooks/${base}`)
    setBusy(false)
    if (!answer.ok) return tell('error', say(answer.text))
    const { value, conflicts } = merge(answer.value, playbook, active.source)
    replace(value as Playbook, active.version)
    const places = conflicts.map((path) => placeText(pathFrom(path), value as Playbook))
    if (conflicts.length > 0)
      tell(
        'info',
        say({
          en: texts.conflicts.en(places.map(({ en }) => en).join(', ')),
          zh: texts.conflicts.zh(places.map(({ zh }) => zh).join('、')),
        }),
      )
    else tell('success', say({ en: texts.brought.en(active.version), zh: texts.brought.zh(active.version) }))
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={say({ en: texts.stale.en(active.version, base), zh: texts.stale.zh(active.version, base) })}
      action={
        <Button loading={isBusy} onClick={() => void bring()}>
          {say(texts.bring)}
        </Button>
      }
    />
  )
}

/** How the draft stands, on every page of the playbook. */
export const DraftBar = (): ReactNode => {
  const { say } = useLanguage()
  const { active, base, playbook, isChanged, mayEdit, checked, isChecked, undo, discard } = useDraft()
  const isWhole = ['ADMIN', 'AUDITOR'].includes(useUser().role)
  const changes = useMemo(() => diffPlaybooks(active.source, playbook).length, [active.source, playbook])
  const errors = checked?.issues.filter(({ severity }) => severity === 'error').length ?? 0
  const warnings = (checked?.issues.length ?? 0) - errors
  return (
    <div className="stack draft-bar">
      <div className="row between card">
        <div className="row" role="status">
          <strong>
            {say(texts.inForce)} v{active.version}
          </strong>
          <span className={isChanged ? 'draft-mark' : 'soft'}>
            {isChanged
              ? `${say(texts.draft)}: ${say({ en: texts.changes.en(changes), zh: texts.changes.zh(changes) })}, ${say({ en: texts.from.en(base), zh: texts.from.zh(base) })}`
              : say(mayEdit ? texts.noDraft : texts.readOnly)}
          </span>
          {isWhole && (
            <Go to="/playbook/release" className={errors > 0 ? 'bad' : 'good'}>
              {!isChecked
                ? say(texts.checking)
                : errors > 0
                  ? say({ en: texts.errors.en(errors), zh: texts.errors.zh(errors) })
                  : say(texts.fine)}
              {isChecked &&
                warnings > 0 &&
                ` · ${say({ en: texts.warnings.en(warnings), zh: texts.warnings.zh(warnings) })}`}
            </Go>
          )}
        </div>
        {mayEdit && (
          <div className="row">
            {undo && <Button onClick={undo}>{say(texts.undo)}</Button>}
            {isChanged && (
              <Popconfirm
                title={say(texts.discardSure)}
                okText={say(texts.yesDiscard)}
                cancelText={say(texts.cancel)}
                onConfirm={discard}
              >
                <Button>{say(texts.discard)}</Button>
              </Popconfirm>
            )}
          </div>
        )}
      </div>
      {isChanged && base !== active.version && mayEdit && <Stale />}
    </div>
  )
}
