import type { CSSProperties, ReactNode } from 'react'
import type { Label } from '../../../schemas/model/define.ts'
import { languageOf, say } from './words.ts'
import type { Nearness } from './kinds.ts'

/** Twenty's own design tokens: they follow its light and dark theme. */
const token = (name: string): string => `var(--t-${name})`

export const font: CSSProperties = {
  color: token('font-color-primary'),
  fontFamily: token('font-family'),
  fontSize: 13,
  lineHeight: 1.5,
}

const COLORS = {
  plain: token('font-color-secondary'),
  red: token('color-red'),
  orange: token('color-orange'),
  green: token('color-green'),
  blue: token('color-blue'),
} as const
export type Tone = keyof typeof COLORS

/** A text in the language of Twenty's locale. */
export type Speak = (label: Label, values?: Record<string, string | number>) => string
export const speakerOf =
  (locale: string | undefined): Speak =>
  (label, values) =>
    say(label, languageOf(locale), values)

export const toneOf = (nearness: Nearness): Tone =>
  nearness === 'overdue' ? 'red' : nearness === 'soon' ? 'orange' : 'plain'

export const Page = ({ children }: { children: ReactNode }): ReactNode => (
  <div style={{ ...font, display: 'flex', flexDirection: 'column', gap: 12, padding: 12 }}>{children}</div>
)

/** A part of the page under its heading. `mark` stands at the right. */
export const Section = ({
  title,
  mark,
  children,
}: {
  title: string
  mark?: ReactNode
  children: ReactNode
}): ReactNode => (
  <section
    style={{
      border: `1px solid ${token('border-color-medium')}`,
      borderRadius: 8,
      background: token('background-secondary'),
      padding: 12,
    }}
  >
    <div style={{ display: 'flex', gap: 8, alignItems: 'center', marginBottom: 8 }}>
      <h3 style={{ margin: 0, fontSize: 13, fontWeight: 600, flex: 1 }}>{title}</h3>
      {mark}
    </div>
    {children}
  </section>
)

export const Tag = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }): ReactNode => (
  <span
    style={{
      border: `1px solid ${COLORS[tone]}`,
      borderRadius: 4,
      color: COLORS[tone],
      fontSize: 12,
      padding: '0 6px',
      whiteSpace: 'nowrap',
    }}
  >
    {children}
  </span>
)

/** A figure under its name. */
export const Fact = ({
  name,
  tone = 'plain',
  children,
}: {
  name: string
  tone?: Tone
  children: ReactNode
}): ReactNode => (
  <div style={{ minWidth: 140 }}>
    <div style={{ color: token('font-color-tertiary'), fontSize: 12 }}>{name}</div>
    <div style={{ color: tone === 'plain' ? token('font-color-primary') : COLORS[tone], fontWeight: 500 }}>
      {children}
    </div>
  </div>
)

export const Facts = ({ children }: { children: ReactNode }): ReactNode => (
  <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12 }}>{children}</div>
)

export const Row = ({ children }: { children: ReactNode }): ReactNode => (
  <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, padding: '4px 0' }}>{children}</div>
)

export const Quiet = ({ children }: { children: ReactNode }): ReactNode => (
  <span style={{ color: token('font-color-tertiary') }}>{children}</span>
)

export const Button = ({
  onClick,
  isBusy = false,
  isMain = false,
  children,
}: {
  onClick: () => void
  isBusy?: boolean
  isMain?: boolean
  children: ReactNode
}): ReactNode => (
  <button
    type="button"
    disabled={isBusy}
    onClick={onClick}
    style={{
      ...font,
      background: isMain ? token('color-blue') : token('background-primary'),
      border: `1px solid ${isMain ? token('color-blue') : token('border-color-strong')}`,
      borderRadius: 4,
      color: isMain ? '#fff' : token('font-color-primary'),
      cursor: isBusy ? 'default' : 'pointer',
      opacity: isBusy ? 0.5 : 1,
      padding: '2px 10px',
    }}
  >
    {children}
  </button>
)

const field: CSSProperties = {
  ...font,
  background: token('background-primary'),
  border: `1px solid ${token('border-color-strong')}`,
  borderRadius: 4,
  padding: '2px 6px',
}

export const TextInput = ({
  label,
  value,
  type = 'text',
  onChange,
}: {
  label: string
  value: string
  type?: 'text' | 'datetime-local'
  onChange: (value: string) => void
}): ReactNode => (
  <input
    aria-label={label}
    placeholder={label}
    type={type}
    value={value}
    onChange={(event) => onChange(event.target.value)}
    style={{ ...field, minWidth: 160 }}
  />
)

export const Choice = ({
  label,
  value,
  choices,
  onChange,
}: {
  label: string
  value: string
  choices: readonly { code: string; text: string }[]
  onChange: (value: string) => void
}): ReactNode => (
  <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} style={field}>
    {choices.map(({ code, text }) => (
      <option key={code} value={code}>
        {text}
      </option>
    ))}
  </select>
)
