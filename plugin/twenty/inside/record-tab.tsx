import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { enqueueSnackbar, useLocale, useSelectedRecordIds, useUserId } from 'twenty-sdk/front-component'
import { Campaigns } from './campaigns.tsx'
import { Contact, Tier } from './customer.tsx'
import { data } from './data.ts'
import { acknowledge, logContact, moveTo, planVisit, resolve, tick, type VisitWish } from './deeds.ts'
import { Escalations } from './escalations.tsx'
import type { PageRows, TabObject } from './kinds.ts'
import { pageOf } from './page.ts'
import { readPage } from './reads.ts'
import { Development } from './stages.tsx'
import { reasonOf, twenty } from './twenty.ts'
import { Page, Quiet, Section, type Speak, speakerOf } from './ui.tsx'
import { atText, dayOf, languageOf, words } from './words.ts'

/** When the page is read again after an edit, ms: Ladder hears of the edit by webhook and writes what follows from it. */
const AGAIN_MS = [1_500, 4_000, 10_000]

/** Tomorrow at ten, as `datetime-local` has it. */
const soonOf = (now: Date): string => `${dayOf(new Date(now.getTime() + 86_400_000))}T10:00`

/** The Ladder tab on the page of a company, a person or a development. */
export const RecordTab = ({ object }: { object: TabObject }): ReactNode => {
  const [id] = useSelectedRecordIds()
  const user = useUserId()
  const locale = useLocale()
  const language = languageOf(locale)
  const speak: Speak = useMemo(() => speakerOf(locale), [locale])
  const client = useMemo(() => twenty(), [])
  const [rows, setRows] = useState<PageRows | 'gone' | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')

  const read = useCallback(async (): Promise<void> => {
    if (id === undefined) return
    try {
      setRows((await readPage(client, object, id, user)) ?? 'gone')
      setTrouble('')
    } catch (error) {
      setTrouble(speak(words.failed, { reason: reasonOf(error) }))
    }
  }, [client, object, id, user, speak])

  useEffect(() => {
    setRows(undefined)
    void read()
  }, [read])

  const act = (deed: Promise<void>, said: string): void => {
    setBusy(true)
    void deed
      .then(
        () => enqueueSnackbar({ message: said, variant: 'success' }),
        (error: unknown) =>
          enqueueSnackbar({ message: speak(words.failed, { reason: reasonOf(error) }), variant: 'error' }),
      )
      .then(read)
      .finally(() => setBusy(false))
    for (const ms of AGAIN_MS) setTimeout(() => void read(), ms)
  }

  if (rows === undefined) return <Page>{trouble || <Quiet>{speak(words.loading)}</Quiet>}</Page>
  if (rows === 'gone') return <Page>{speak(words.gone)}</Page>
  const now = new Date()
  const page = pageOf(rows, now.toISOString(), dayOf(now))
  const { customer, developments, escalations, campaigns } = page
  const wishOf = (form: string): VisitWish | undefined => {
    const label = data.visitForms.find(({ code }) => code === form)?.label ?? words.contact
    return (
      customer && {
        name: `${speak(label)} · ${customer.name}`,
        form,
        customer,
        development: developments.length === 1 ? developments[0]?.id : undefined,
        member: rows.member,
      }
    )
  }
  const log = (form: string, note: string): void => {
    const wish = wishOf(form)
    if (wish) act(logContact(client, wish, new Date().toISOString(), note), speak(words.logged))
  }
  const plan = (form: string, at: string): void => {
    const wish = wishOf(form)
    const instant = new Date(at).toISOString()
    if (wish) act(planVisit(client, wish, instant), speak(words.plannedOn, { at: atText(instant) }))
  }
  return (
    <Page>
      {trouble !== '' && <div style={{ color: 'var(--t-color-red)' }}>{trouble}</div>}
      <Escalations
        escalations={escalations}
        speak={speak}
        isBusy={isBusy}
        onAcknowledge={(one) => act(acknowledge(client, one), speak(words.acknowledged))}
        onResolve={(one, resolution) => act(resolve(client, one, resolution), speak(words.resolved))}
      />
      {customer && (
        <Contact
          customer={customer}
          speak={speak}
          language={language}
          isBusy={isBusy}
          soon={soonOf(now)}
          onLog={log}
          onPlan={plan}
        />
      )}
      {customer && <Tier customer={customer} speak={speak} language={language} />}
      {developments.length === 0 && (
        <Section title={speak(words.developments)}>
          <Quiet>{speak(words.noDevelopment)}</Quiet>
        </Section>
      )}
      {developments.map((development) => (
        <Development
          key={development.id}
          development={development}
          speak={speak}
          language={language}
          isBusy={isBusy}
          onTick={(code, isDone) => act(tick(client, development.id, code, isDone), speak(words.signedOff))}
          onMove={(stage) => act(moveTo(client, development.id, stage), speak(words.moved))}
        />
      ))}
      <Campaigns campaigns={campaigns} speak={speak} />
    </Page>
  )
}
