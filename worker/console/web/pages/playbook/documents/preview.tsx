import Button from 'antd/es/button'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../../../../../schemas/playbook/index.ts'
import type { SubjectState } from '../../../../../method/state.ts'
import { query } from '../../../parts/api.ts'
import { useNames } from '../../../parts/bank-names.tsx'
import { FieldName } from '../../../parts/field-name.tsx'
import { useLanguage } from '../../../parts/language.tsx'
import { Refused } from '../../../parts/page.tsx'
import { useAccountPath } from '../../../parts/session.tsx'
import { useData } from '../../../parts/use-data.ts'
import { useDraft } from '../draft/use-draft.tsx'
import type { Drawn } from './draw.ts'
import { Sheet } from './sheet.tsx'
import { texts } from './texts.ts'

/** The draft's document filled from a customer's record, drawn here by what draws it for Word and PDF. */
const Shown = ({
  state,
  code,
  language,
}: {
  state: SubjectState
  code: string
  language: DocumentLanguage
}): ReactNode => {
  const { say } = useLanguage()
  const { checked } = useDraft()
  const { peopleByIds } = useNames()
  const [done, setDone] = useState<{ drawn: Drawn | null } | null>(null)
  const compiled = checked?.compiled ?? null
  useEffect(() => {
    if (!compiled) return
    let isWanted = true
    void import('./draw.ts').then(({ drawn }) => {
      if (isWanted) setDone({ drawn: drawn(compiled, structuredClone(state), code, language, peopleByIds, Date.now()) })
    })
    return () => {
      isWanted = false
    }
  }, [compiled, state, code, language, peopleByIds])
  if (!compiled) return <p className="bad">{say(texts.mend)}</p>
  if (!done) return null
  if (!done.drawn) return <p className="soft">{say(texts.noDevelopment)}</p>
  const { model, missing } = done.drawn
  return (
    <>
      {missing.length > 0 && (
        <p className="bad">
          {say(texts.missing)}:{' '}
          {missing.map((name, at) => (
            <Fragment key={name}>
              {at > 0 && ', '}
              <FieldName object="development" name={name} />
            </Fragment>
          ))}
        </p>
      )}
      <Sheet model={model} />
    </>
  )
}

/** Any document of a development, as the draft would make it of a customer. */
export const Preview = (): ReactNode => {
  const { say, language } = useLanguage()
  const account = useAccountPath()
  const { playbook } = useDraft()
  const layouts = playbook.documents.layouts.filter(({ about }) => about === 'development')
  const [chosen, setChosen] = useState('')
  const [tongue, setTongue] = useState<DocumentLanguage>(language)
  const [typed, setTyped] = useState('')
  const [record, setRecord] = useState('')
  const [told, again] = useData<{ state: SubjectState }>(
    record === '' ? null : `${account}/explain${query({ record, limit: 1 })}`,
  )
  const code = layouts.some((one) => one.code === chosen) ? chosen : (layouts[0]?.code ?? '')
  return (
    <section className="card stack" aria-labelledby="document-preview">
      <div>
        <h2 id="document-preview">{say(texts.title)}</h2>
        <p className="soft">{say(texts.about)}</p>
      </div>
      <form
        className="row filters"
        onSubmit={(event) => {
          event.preventDefault()
          setRecord(typed.trim())
        }}
      >
        <label className="field">
          <span>{say(texts.layout)}</span>
          <select className="input" value={code} onChange={({ target }) => setChosen(target.value)}>
            {layouts.map((one) => (
              <option key={one.code} value={one.code}>
                {say(one.name)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{say(texts.language)}</span>
          <select
            className="input"
            value={tongue}
            onChange={({ target }) => setTongue(target.value as DocumentLanguage)}
          >
            {DOCUMENT_LANGUAGES.map((one) => (
              <option key={one} value={one}>
                {say(texts[one])}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{say(texts.customer)}</span>
          <input className="input" value={typed} onChange={({ target }) => setTyped(target.value)} />
        </label>
        <Button htmlType="submit" disabled={typed.trim() === ''}>
          {say(texts.show)}
        </Button>
      </form>
      {told.state === 'failed' &&
        (told.fault.status === 404 ? (
          <p className="bad">{say(texts.none)}</p>
        ) : (
          <Refused fault={told.fault} again={again} />
        ))}
      {record !== '' && told.state === 'ready' && <Shown state={told.value.state} code={code} language={tongue} />}
    </section>
  )
}
