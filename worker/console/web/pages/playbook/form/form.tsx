import Button from 'antd/es/button'
import { type ReactNode, useState } from 'react'
import { pathOf } from '../../../../../method/playbook/issues.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { moved, type Path } from '../draft/path.ts'
import { useDraft, useIssues, usePart } from '../draft/use-draft.tsx'
import { IssuesAt } from '../issues.tsx'
import { CheckInput, Field, inputOf, MarkInput, wordOf } from './input.tsx'
import { JsonPart } from './json.tsx'
import { memberName } from './names.ts'
import { blankOf, type Shape } from './shape.ts'
import { texts } from './texts.ts'
import { titleOf } from './title.ts'

interface Place {
  shape: Shape
  path: Path
  label: string
}

/** Values that stand in one cell of the form's grid. */
const isSmall = ({ kind }: Shape): boolean => ['choice', 'text', 'number', 'boolean'].includes(kind)

/** One item of a list: folded until somebody looks into it. */
const Item = ({
  place,
  index,
  count,
  item,
  change,
}: {
  place: Place
  index: number
  count: number
  item: unknown
  change: (how: 'up' | 'down' | 'copy' | 'remove') => void
}): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [isOpen, setOpen] = useState(false)
  const found = useIssues(pathOf(place.path))
  const title = titleOf(item, say)
  const name = `${index + 1} ${title}`
  return (
    <details className="item" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <span className="soft">{index + 1}</span> {title}
        {found.length > 0 && (
          <span className={found.some(({ severity }) => severity === 'error') ? 'bad' : 'soft'}> ({found.length})</span>
        )}
      </summary>
      {isOpen && (
        <div className="stack inner">
          <Part {...place} label="" />
          {mayEdit && (
            <div className="row">
              {(['up', 'down', 'copy', 'remove'] as const).map((how) => (
                <Button
                  key={how}
                  size="small"
                  aria-label={`${say(texts[how])}: ${name}`}
                  disabled={(how === 'up' && index === 0) || (how === 'down' && index === count - 1)}
                  onClick={() => change(how)}
                >
                  {say(texts[how])}
                </Button>
              ))}
            </div>
          )}
        </div>
      )}
    </details>
  )
}

const List = ({ of, path, label }: { of: Shape; path: Path; label: string }): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [value, set] = usePart<unknown[] | undefined>(path)
  const list = value ?? []
  const change = (index: number, how: 'up' | 'down' | 'copy' | 'remove'): void => {
    if (how === 'up' || how === 'down') set(moved(list, index, index + (how === 'up' ? -1 : 1)))
    else if (how === 'remove') set(list.filter((_, at) => at !== index))
    else set([...list.slice(0, index + 1), structuredClone(list[index]), ...list.slice(index + 1)])
  }
  return (
    <fieldset className="group">
      {label !== '' && (
        <legend>
          {label} <span className="soft">({list.length})</span>
        </legend>
      )}
      <IssuesAt path={pathOf(path)} />
      <div className={isSmall(of) ? 'smalls' : 'stack tight'}>
        {list.map((item, index) =>
          isSmall(of) ? (
            <div key={index} className="row small">
              <div className="grow">
                <Part shape={of} path={[...path, index]} label={`${label} ${index + 1}`} isBare />
              </div>
              {mayEdit && (
                <Button
                  size="small"
                  aria-label={`${say(texts.remove)}: ${label} ${index + 1}`}
                  onClick={() => change(index, 'remove')}
                >
                  {say(texts.remove)}
                </Button>
              )}
            </div>
          ) : (
            <Item
              key={index}
              place={{ shape: of, path: [...path, index], label }}
              index={index}
              count={list.length}
              item={item}
              change={(how) => change(index, how)}
            />
          ),
        )}
      </div>
      {mayEdit && (
        <div>
          <Button size="small" aria-label={`${say(texts.add)}: ${label}`} onClick={() => set([...list, blankOf(of)])}>
            {say(texts.add)}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

const Texts = ({ of, path, label }: { of: Shape; path: Path; label: string }): ReactNode => {
  const [value] = usePart<Record<string, unknown> | undefined>(path)
  const { say } = useLanguage()
  return (
    <fieldset className="group">
      {label !== '' && <legend>{label}</legend>}
      <IssuesAt path={pathOf(path)} />
      {Object.keys(value ?? {}).map((code) => (
        <Part key={code} shape={of} path={[...path, code]} label={say(wordOf(code))} />
      ))}
      <JsonPart path={path} />
    </fieldset>
  )
}

/** One of several kinds of item. Another kind keeps what it has a place for. */
const Variant = ({ shape, path }: { shape: Extract<Shape, { kind: 'variant' }>; path: Path }): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [value, set] = usePart<Record<string, unknown> | undefined>(path)
  const code = String(value?.[shape.by] ?? '')
  const chosen = shape.options.find((one) => one.code === code)
  const label = say(memberName(shape.by))
  const change = (to: string): void => {
    const next = shape.options.find((one) => one.code === to)
    if (!next) return
    const kept = next.shape.members.flatMap(({ name, shape: inner }) => {
      const before = value?.[name]
      const isSame = chosen?.shape.members.some((one) => one.name === name && one.shape.kind === inner.kind)
      return isSame && before !== undefined ? [[name, before] as const] : []
    })
    set({ [shape.by]: to, ...(blankOf(next.shape) as object), ...Object.fromEntries(kept) })
  }
  return (
    <div className="stack tight">
      <label className="field">
        <span>{label}</span>
        <select
          className="input"
          aria-label={label}
          disabled={!mayEdit}
          value={code}
          onChange={({ target }) => change(target.value)}
        >
          {shape.options.map((one) => (
            <option key={one.code} value={one.code}>
              {say(wordOf(one.code))}
            </option>
          ))}
        </select>
      </label>
      {chosen && <Part key={code} shape={chosen.shape} path={path} label="" />}
    </div>
  )
}

/** What may be left out: set, or not. */
const Maybe = ({
  of,
  none,
  path,
  label,
}: {
  of: Shape
  none: null | undefined
  path: Path
  label: string
}): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [value, set] = usePart<unknown>(path)
  if (of.kind === 'mark') return <MarkInput path={path} />
  const isSet = value !== undefined && value !== null
  return (
    <div className={isSmall(of) ? 'maybe' : 'maybe wide'}>
      {isSet ? (
        <Part shape={of} path={path} label={label} />
      ) : (
        <span className="field">
          <span>{label}</span>
          <span className="soft">{say(texts.notSet)}</span>
        </span>
      )}
      {mayEdit && (
        <button
          type="button"
          className="link"
          aria-label={`${say(isSet ? texts.leaveOut : texts.setIt)}: ${label}`}
          // null in a member that may be missing would be no playbook
          onClick={() => set(isSet ? none : (blankOf(of) ?? ''))}
        >
          {say(isSet ? texts.leaveOut : texts.setIt)}
        </button>
      )}
    </div>
  )
}

/** A part of the playbook as a form, made from its shape. `isBare`: without its name. `without`: members that stand elsewhere. */
export const Part = ({
  shape,
  path,
  label,
  isBare = false,
  without = [],
}: Place & { isBare?: boolean; without?: readonly string[] }): ReactNode => {
  const { say } = useLanguage()
  switch (shape.kind) {
    case 'object':
      return (
        <div className="stack tight">
          <IssuesAt path={pathOf(path)} />
          <div className="fields">
            {shape.members
              .filter(({ name }) => !without.includes(name))
              .map(({ name, shape: inner }) => (
                <div key={name} className={isWide(inner) ? 'wide' : undefined}>
                  <Part shape={inner} path={[...path, name]} label={say(memberName(name))} />
                </div>
              ))}
          </div>
        </div>
      )
    case 'variant':
      return <Variant shape={shape} path={path} />
    case 'list':
      return <List of={shape.of} path={path} label={label} />
    case 'record':
      return <Texts of={shape.of} path={path} label={label} />
    case 'maybe':
      return <Maybe of={shape.of} none={shape.none} path={path} label={label} />
    case 'mark':
      return <MarkInput path={path} />
    case 'boolean':
      return <CheckInput path={path} label={label} />
    case 'json':
      return <JsonPart path={path} />
    default: {
      const input = inputOf(shape, path, label)
      return isBare ? (
        <>
          {input}
          <IssuesAt path={pathOf(path)} />
        </>
      ) : (
        <Field path={path} label={label}>
          {input}
        </Field>
      )
    }
  }
}

const isWide = (shape: Shape): boolean =>
  shape.kind === 'maybe'
    ? isWide(shape.of) || shape.of.kind === 'mark'
    : !isSmall(shape) || (shape.kind === 'text' && shape.how === 'feel')
