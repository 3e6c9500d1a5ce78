import Alert from 'antd/es/alert'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Label } from '../../../../../../schemas/model/define.ts'
import type { PlaybookTable } from '../../../../../../schemas/playbook/index.ts'
import { canonical } from '../../../../../method/playbook/hash.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { Waiting } from '../../../parts/page.tsx'
import { fromDmn, toDmn } from './dmn.ts'
import type { Marked } from './marks.ts'
import type { TableEditor } from './modeler.ts'
import { texts } from './texts.ts'

const COLOURS = { bad: 'rgba(217, 48, 37, .22)', warn: 'rgba(230, 145, 0, .22)' }

/** Rules that colour cells of the editor, which draws them anew as it likes. */
const colours = (marks: readonly Marked[], inputs: number): string =>
  marks
    .map(({ row, column, kind }) => {
      const place = /^(when|then)\.(\d+)$/.exec(column)
      const [, side, index] = place ?? []
      const cell = side === undefined ? '1' : String(2 + Number(index) + (side === 'then' ? inputs : 0))
      return `.table-editor tbody tr:nth-child(${row + 1}) > td:nth-child(${cell}) { background: ${COLOURS[kind]} !important; box-shadow: inset 0 0 0 2px ${kind === 'bad' ? '#d93025' : '#e69100'}; }`
    })
    .join('\n')

/** What an editor shows: as it was given, and as it is told to be by now. */
interface Shown {
  first: PlaybookTable
  now: string
}

/** dmn-js's editor on one table. `change` gets the table after each change; marked cells are coloured. */
export const DmnEditor = ({
  of,
  marks,
  change,
}: {
  of: PlaybookTable
  marks: readonly Marked[]
  change: (next: PlaybookTable) => void
}): ReactNode => {
  const { say, language } = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  const sheet = useRef<CSSStyleSheet>(null)
  const [state, setState] = useState<'loading' | 'ready' | 'broken'>('loading')
  const [refused, setRefused] = useState<Label[]>([])
  const editor = useRef<TableEditor>(null)
  // what the editor shows, as it was shown first and as it is now
  const shown = useRef<Shown | null>(null)
  const latest = useRef({ of, change })
  useEffect(() => {
    latest.current = { of, change }
  })

  useEffect(() => {
    const container = place.current
    if (!container) return
    let isWanted = true
    const own: Shown = { first: latest.current.of, now: canonical(latest.current.of) }
    const told = (xml: string): void => {
      const read = fromDmn(xml, own.first)
      setRefused(read.ok ? [] : read.messages)
      if (!read.ok || canonical(read.value) === own.now) return
      own.now = canonical(read.value)
      latest.current.change(read.value)
    }
    void import('./modeler.ts')
      .then(async ({ editTable }) => {
        const made = await editTable(container, language, told)
        if (!isWanted) return made.destroy()
        editor.current = made
        shown.current = own
        own.first = latest.current.of
        own.now = canonical(own.first)
        await made.show(toDmn(own.first))
        setState('ready')
      })
      .catch((error: unknown) => {
        console.error(error)
        setState('broken')
      })
    return () => {
      isWanted = false
      editor.current?.destroy()
      editor.current = null
      shown.current = null
      setState('loading')
    }
  }, [language])

  // changed from elsewhere: undone, discarded, brought in
  useEffect(() => {
    const now = canonical(of)
    if (state !== 'ready' || !shown.current || shown.current.now === now) return
    Object.assign(shown.current, { first: of, now })
    void editor.current?.show(toDmn(of))
  }, [of, state])

  useEffect(() => {
    const own = new CSSStyleSheet()
    sheet.current = own
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, own]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== own)
    }
  }, [])
  useEffect(() => {
    sheet.current?.replaceSync(colours(marks, of.table.inputs.length))
  }, [marks, of.table.inputs.length])

  return (
    <>
      {state === 'loading' && <Waiting />}
      {state === 'broken' && <Alert type="error" showIcon title={say(texts.broken)} />}
      {refused.length > 0 && (
        <Alert type="error" showIcon title={say(texts.unread)} description={refused.map(say).join(' ')} />
      )}
      <div ref={place} className="table-editor" />
    </>
  )
}
