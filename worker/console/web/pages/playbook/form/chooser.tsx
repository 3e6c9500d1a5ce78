import Button from 'antd/es/button'
import Select from 'antd/es/select'
import type { ReactNode } from 'react'
import type { Label } from '../../../../../../schemas/model/define.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { go, usePlace } from '../../../parts/router.tsx'
import { useDraft } from '../draft/use-draft.tsx'
import { blankOf } from './shape.ts'
import { shapeOfItem } from './section.tsx'
import { texts } from './texts.ts'

/** Which item of a part the address names: by its code or id, or by its place. */
export const useChosen = (names: readonly string[]): number => {
  const { path } = usePlace()
  const wanted = path[2] ?? '0'
  const byName = names.indexOf(wanted)
  return byName >= 0 ? byName : Math.min(Math.max(0, Math.trunc(Number(wanted)) || 0), Math.max(0, names.length - 1))
}

/** Chooses one item of a part; a new one, or a copy of it, comes at the end. */
export const Chooser = ({
  page,
  part,
  label,
  options,
  chosen,
}: {
  page: string
  part: 'campaigns' | 'pipelines' | 'escalations'
  label: string
  options: { name: string; label: Label }[]
  chosen: number
}): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit, playbook, set } = useDraft()
  const items: readonly unknown[] = playbook[part]
  const show = (index: number): void => go(`/playbook/${page}/${index}`)
  return (
    <div className="row">
      <Select
        aria-label={label}
        value={chosen}
        onChange={show}
        options={options.map(({ name, label: text }, value) => ({ value, label: `${name} · ${say(text)}` }))}
        style={{ minWidth: 280, maxWidth: '100%' }}
      />
      {mayEdit && (
        <>
          <Button
            onClick={() => {
              set([part], [...items, structuredClone(items[chosen])])
              show(items.length)
            }}
          >
            {say(texts.copy)}
          </Button>
          <Button
            onClick={() => {
              set([part], [...items, blankOf(shapeOfItem(part))])
              show(items.length)
            }}
          >
            {say(texts.add)}
          </Button>
          {items.length > 1 && (
            <Button
              onClick={() => {
                set(
                  [part],
                  items.filter((_, index) => index !== chosen),
                )
                show(0)
              }}
            >
              {say(texts.remove)}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
