import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import type { Pipeline } from '../../../../../../schemas/playbook/index.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { useDraft } from '../draft/use-draft.tsx'
import { Chooser, useChosen } from '../form/chooser.tsx'
import { Part } from '../form/form.tsx'
import { JsonPart } from '../form/json.tsx'
import { Section, shapeOfItem } from '../form/section.tsx'
import { texts } from './texts.ts'

/** The stages in their order, each with what it asks for. */
const Stages = ({ of }: { of: Pipeline }): ReactNode => {
  const { say } = useLanguage()
  const count = (text: { en: (n: number) => string; zh: (n: number) => string }, n: number): string =>
    say({ en: text.en(n), zh: text.zh(n) })
  return (
    <ol className="stages">
      {of.stages.map(({ code, name, checklist, fields, exit, allowanceDays }) => (
        <li key={code}>
          <strong>{say(name)}</strong>
          <span className="soft">
            {count(texts.fields, fields.length)} · {count(texts.items, checklist.length)} ·{' '}
            {count(texts.exits, exit.length)}
          </span>
          <span className="soft">{allowanceDays === null ? say(texts.noLimit) : count(texts.days, allowanceDays)}</span>
        </li>
      ))}
    </ol>
  )
}

/** Pipelines with their stages, checklists, exit rules and allowances; switched on or off. */
export const Pipelines = (): ReactNode => {
  const { say } = useLanguage()
  const { playbook, mayEdit, set } = useDraft()
  const { pipelines } = playbook
  const chosen = useChosen(pipelines.map(({ code }) => code))
  const pipeline = pipelines[chosen]
  if (!pipeline) return null
  const isOn = pipeline.active !== false
  return (
    <div className="stack">
      <Chooser
        page="pipelines"
        part="pipelines"
        label={say(texts.pipeline)}
        chosen={chosen}
        options={pipelines.map(({ code, name }) => ({ name: code, label: name }))}
      />
      <section className="card stack" aria-labelledby="stages">
        <div className="row between">
          <h2 id="stages">{say(pipeline.name)}</h2>
          <div className="row">
            <span className={isOn ? 'good' : 'soft'}>{say(isOn ? texts.on : texts.off)}</span>
            {mayEdit && (
              <Button onClick={() => set(['pipelines', chosen, 'active'], !isOn)}>
                {say(isOn ? texts.turnOff : texts.turnOn)}
              </Button>
            )}
          </div>
        </div>
        <p className="soft">{say(texts.running)}</p>
        <Stages of={pipeline} />
      </section>
      <section className="card stack" aria-label={say(texts.form)} key={chosen}>
        <h2>{say(texts.form)}</h2>
        <Part shape={shapeOfItem('pipelines')} path={['pipelines', chosen]} label="" without={['active']} />
        <JsonPart path={['pipelines', chosen]} />
      </section>
      <Section name="allowances" />
    </div>
  )
}
