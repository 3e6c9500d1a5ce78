import Button from 'antd/es/button'
import Input from 'antd/es/input/Input'
import { type ReactNode, useMemo, useState } from 'react'
import { pathOf } from '../../../../../method/playbook/issues.ts'
import { numberText } from '../../../parts/format.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { Go } from '../../../parts/router.tsx'
import { useDraft } from '../draft/use-draft.tsx'
import { LabelInput } from '../form/input.tsx'
import { Section } from '../form/section.tsx'
import { placeText } from '../place-text.ts'
import { placeOf } from '../places.ts'
import { found, labelsIn } from './labels.ts'

const texts = {
  title: { en: 'All texts in both languages', zh: '全部中英文文字' },
  about: {
    en: 'Names, guidance, reasons and titles, wherever they stand. Ladder writes them into records and tasks in the playbook’s language.',
    zh: '名称、指引、原因与标题。Ladder 以手册语言将其写入记录和任务。',
  },
  find: { en: 'Search', zh: '检索' },
  shown: { en: 'texts', zh: '条文字' },
  more: { en: 'Show more', zh: '显示更多' },
} as const
const STEP = 40

/** Every text of the playbook, searched and edited in one place. */
export const Words = (): ReactNode => {
  const { say, language } = useLanguage()
  const { playbook } = useDraft()
  const [word, setWord] = useState('')
  const [most, setMost] = useState(STEP)
  const all = useMemo(() => labelsIn(playbook), [playbook])
  const shown = useMemo(() => found(all, word, (path) => say(placeText(path, playbook))), [all, word, say, playbook])
  return (
    <div className="stack">
      <Section name="language" />
      <section className="card stack" aria-labelledby="texts">
        <h2 id="texts">{say(texts.title)}</h2>
        <p className="soft">{say(texts.about)}</p>
        <div className="row">
          <Input
            aria-label={say(texts.find)}
            placeholder={say(texts.find)}
            value={word}
            onChange={({ target }) => {
              setWord(target.value)
              setMost(STEP)
            }}
            allowClear
            style={{ maxWidth: 360 }}
          />
          <span className="soft" role="status">
            {numberText(shown.length, language)} {say(texts.shown)}
          </span>
        </div>
        {shown.slice(0, most).map(({ path }) => {
          const place = pathOf(path)
          const name = say(placeText(path, playbook))
          return (
            <div key={place} className="field">
              <Go to={placeOf(place)}>{name}</Go>
              <LabelInput path={path} label={name} />
            </div>
          )
        })}
        {shown.length > most && <Button onClick={() => setMost((now) => now + STEP * 3)}>{say(texts.more)}</Button>}
      </section>
    </div>
  )
}
