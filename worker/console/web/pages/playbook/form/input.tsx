import { type ReactNode, useState } from 'react'
import type { Label } from '../../../../../../schemas/model/define.ts'
import { pathOf } from '../../../../../method/playbook/issues.ts'
import { useLanguage } from '../../../parts/language.tsx'
import { nameOf } from '../../../parts/names.ts'
import type { Path } from '../draft/path.ts'
import { useDraft, useIssues, usePart } from '../draft/use-draft.tsx'
import { IssuesAt } from '../issues.tsx'
import { choiceName } from './names.ts'
import type { Shape } from './shape.ts'
import { texts } from './texts.ts'

/** A code in words: of the forms, of the model, or as it is. */
export const wordOf = (code: string): Label => choiceName(code) ?? nameOf(code)

/** One value of a form with its name, and what the check found on it. */
export const Field = ({ path, label, children }: { path: Path; label: string; children: ReactNode }): ReactNode => (
  <div className="field">
    <span>{label}</span>
    {children}
    <IssuesAt path={pathOf(path)} />
  </div>
)

const useMark = (path: Path): { 'aria-invalid': boolean | undefined } => ({
  'aria-invalid': useIssues(pathOf(path), true).some(({ severity }) => severity === 'error') || undefined,
})

const TYPES = { plain: 'text', code: 'text', feel: 'text', clock: 'time', date: 'date', email: 'email' } as const

export const TextInput = ({
  path,
  label,
  how,
}: {
  path: Path
  label: string
  how: Extract<Shape, { kind: 'text' }>['how']
}): ReactNode => {
  const { mayEdit } = useDraft()
  const [value, set] = usePart<string>(path)
  const mark = useMark(path)
  const common = {
    ...mark,
    'aria-label': label,
    readOnly: !mayEdit,
    value: value ?? '',
    spellCheck: how === 'plain',
    className: `input${how === 'code' || how === 'feel' ? ' mono' : ''}`,
  }
  if (how === 'feel' || (how === 'plain' && (value ?? '').length > 60))
    return <textarea {...common} rows={2} onChange={({ target }) => set(target.value)} />
  return <input {...common} type={TYPES[how]} onChange={({ target }) => set(target.value)} />
}

export const NumberInput = ({
  path,
  label,
  shape,
}: {
  path: Path
  label: string
  shape: Extract<Shape, { kind: 'number' }>
}): ReactNode => {
  const { mayEdit } = useDraft()
  const [value, set] = usePart<number | null>(path)
  const mark = useMark(path)
  // what is typed isn't a number at every moment
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      {...mark}
      aria-label={label}
      className="input"
      type="number"
      readOnly={!mayEdit}
      step={shape.isWhole ? 1 : 'any'}
      min={shape.least ?? undefined}
      max={shape.most ?? undefined}
      value={typed ?? String(value ?? '')}
      onBlur={() => setTyped(null)}
      onChange={({ target }) => {
        setTyped(target.value)
        set(target.value === '' || !Number.isFinite(target.valueAsNumber) ? null : target.valueAsNumber)
      }}
    />
  )
}

export const ChoiceInput = ({
  path,
  label,
  codes,
  isNumber = false,
}: {
  path: Path
  label: string
  codes: string[]
  isNumber?: boolean
}): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [kept, set] = usePart<string | number | undefined>(path)
  const value = kept === undefined ? undefined : String(kept)
  const all = value === undefined || codes.includes(value) ? codes : [value, ...codes]
  return (
    <select
      aria-label={label}
      className="input"
      disabled={!mayEdit}
      value={value ?? ''}
      onChange={({ target }) => set(isNumber ? Number(target.value) : target.value)}
    >
      {all.map((code) => (
        <option key={code} value={code}>
          {say(wordOf(code))}
        </option>
      ))}
    </select>
  )
}

export const CheckInput = ({ path, label }: { path: Path; label: string }): ReactNode => {
  const { mayEdit } = useDraft()
  const [value, set] = usePart<boolean>(path)
  return (
    <label className="row check">
      <input
        type="checkbox"
        disabled={!mayEdit}
        checked={value === true}
        onChange={({ target }) => set(target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

/** A text in both languages. */
export const LabelInput = ({ path, label }: { path: Path; label: string }): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [value, set] = usePart<Label | undefined>(path)
  const isLong = `${value?.en ?? ''}${value?.zh ?? ''}`.length > 90
  return (
    <div className="both">
      {(['zh', 'en'] as const).map((language) => {
        const common = {
          'aria-label': `${label} (${say(language === 'zh' ? texts.chinese : texts.english)})`,
          className: 'input',
          lang: language === 'zh' ? 'zh-CN' : 'en',
          readOnly: !mayEdit,
          placeholder: say(language === 'zh' ? texts.chinese : texts.english),
          value: value?.[language] ?? '',
        }
        const change = (text: string): void => set({ en: '', zh: '', ...value, [language]: text })
        return (
          <div key={language}>
            {isLong ? (
              <textarea {...common} rows={3} onChange={({ target }) => change(target.value)} />
            ) : (
              <input {...common} onChange={({ target }) => change(target.value)} />
            )}
            <IssuesAt path={pathOf([...path, language])} />
          </div>
        )
      })}
    </div>
  )
}

/** This project's default, until an admin says that the bank has looked at it. */
export const MarkInput = ({ path }: { path: Path }): ReactNode => {
  const { say } = useLanguage()
  const { mayEdit } = useDraft()
  const [value, set] = usePart<boolean | undefined>(path)
  if (value !== true) return null
  return (
    <div className="row mark">
      <span>† {say(texts.mark)}</span>
      {mayEdit && (
        <button type="button" className="link" onClick={() => set(undefined)}>
          {say(texts.confirmed)}
        </button>
      )}
    </div>
  )
}

/** The input of a value, by its shape. */
export const inputOf = (
  shape: Extract<Shape, { kind: 'label' | 'choice' | 'text' | 'number' }>,
  path: Path,
  label: string,
): ReactNode => {
  switch (shape.kind) {
    case 'label':
      return <LabelInput path={path} label={label} />
    case 'choice':
      return <ChoiceInput path={path} label={label} codes={shape.codes} isNumber={shape.isNumber ?? false} />
    case 'text':
      return <TextInput path={path} label={label} how={shape.how} />
    case 'number':
      return <NumberInput path={path} label={label} shape={shape} />
  }
}
