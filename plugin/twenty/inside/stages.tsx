import type { ReactNode } from 'react'
import type { DevelopmentView, StageView } from './kinds.ts'
import { Button, Facts, Fact, font, Quiet, Row, Section, type Speak, toneOf } from './ui.tsx'
import { dueText, type Word, words } from './words.ts'
import type { Language } from './kinds.ts'

const MARKS = { done: '✓', now: '●', ahead: '○' } as const
const COLOR = {
  done: 'var(--t-color-green)',
  now: 'var(--t-color-blue)',
  ahead: 'var(--t-font-color-light)',
} as const

const Step = ({ stage: { label, state }, speak }: { stage: StageView; speak: Speak }): ReactNode => (
  <li
    aria-current={state === 'now' ? 'step' : undefined}
    style={{ ...font, color: COLOR[state], fontWeight: state === 'now' ? 600 : 400, listStyle: 'none', fontSize: 12 }}
  >
    {MARKS[state]} {speak(label)}
  </li>
)

/** DEV-A … DEV-H: the stages of a development, what the next one still needs, and what can be ticked now. */
export const Development = ({
  development,
  speak,
  language,
  isBusy,
  onTick,
  onMove,
}: {
  development: DevelopmentView
  speak: Speak
  language: Language
  isBusy: boolean
  onTick: (code: string, isDone: boolean) => void
  onMove: (stage: string) => void
}): ReactNode => {
  const { name, pipeline, stages, due, missing, checklist, completeness, notice, guidance, next } = development
  const nextLabel = stages.find(({ code }) => code === next)?.label
  const title = (word: Word): ReactNode => <div style={{ fontWeight: 600, marginTop: 8 }}>{speak(words[word])}</div>
  return (
    <Section title={name || speak(words.developments)} mark={pipeline && <Quiet>{speak(pipeline)}</Quiet>}>
      <ol
        style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 12px', margin: 0, padding: 0 }}
        aria-label={speak(words.stages)}
      >
        {stages.map((stage) => (
          <Step key={stage.code} stage={stage} speak={speak} />
        ))}
      </ol>
      <div style={{ marginTop: 8 }}>
        <Facts>
          <Fact name={speak(words.due)} tone={toneOf(due.nearness)}>
            {dueText(due, language)}
          </Fact>
          {completeness !== undefined && <Fact name={speak(words.completeness)}>{completeness} %</Fact>}
        </Facts>
      </div>
      {notice !== '' && <div style={{ color: 'var(--t-color-orange)', marginTop: 8 }}>{notice}</div>}
      {next !== undefined && (
        <>
          {title('missing')}
          {missing.length === 0 ? (
            <Quiet>{speak(words.nothingMissing)}</Quiet>
          ) : (
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {missing.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {checklist.length > 0 && (
        <>
          {title('checklist')}
          {checklist.map(({ code, label, isDone }) => (
            <label key={code} style={{ display: 'block', cursor: 'pointer' }}>
              <input type="checkbox" checked={isDone} disabled={isBusy} onChange={() => onTick(code, !isDone)} />{' '}
              {speak(label)}
            </label>
          ))}
        </>
      )}
      {guidance !== '' && (
        <>
          {title('guidance')}
          <div style={{ whiteSpace: 'pre-line' }}>{guidance}</div>
        </>
      )}
      {next !== undefined && nextLabel && (
        <Row>
          <Button isBusy={isBusy} isMain={missing.length === 0} onClick={() => onMove(next)}>
            {speak(words.moveOn, { stage: speak(nextLabel) })}
          </Button>
        </Row>
      )}
    </Section>
  )
}
