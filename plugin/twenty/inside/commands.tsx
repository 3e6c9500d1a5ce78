import { type ReactNode, useEffect, useState } from 'react'
import { Command, type CommandProps, Go } from './command.tsx'
import { assign, enrol, members, type Named, openCampaigns } from './selection.ts'
import type { Twenty } from './twenty.ts'
import { Choice, Quiet, Row } from './ui.tsx'
import { atText, words } from './words.ts'

/** What can be chosen, and which is; the first until somebody chooses. */
const useChoices = (client: Twenty, read: (twenty: Twenty) => Promise<Named[]>) => {
  const [choices, setChoices] = useState<Named[] | undefined>(undefined)
  const [chosen, setChosen] = useState('')
  useEffect(() => {
    void read(client).then((found) => {
      setChoices(found)
      setChosen(found[0]?.id ?? '')
    })
  }, [client, read])
  return { choices, chosen, setChosen }
}

const Rate = ({ client, selection: { object, records }, speak, isBusy, run }: CommandProps): ReactNode => {
  const [at, setAt] = useState(0)
  const [left, setLeft] = useState<string[]>([])
  const work = async (): Promise<string> => {
    const notes: string[] = []
    for (const [index, { id, name }] of records.entries()) {
      setAt(index + 1)
      const { ok, reason, outputs } = (await client.call('/ladder/ask', { ask: 'rate', object, recordId: id })) as {
        ok: boolean
        reason?: string
        outputs?: Record<string, string>
      }
      const outcome = outputs?.['outcome'] ?? ''
      if (!ok || !['DONE', 'ALREADY'].includes(outcome))
        notes.push(`${name}: ${reason ?? outputs?.['reason'] ?? outcome}`)
    }
    setLeft(notes)
    return speak(words.rated, { done: records.length - notes.length, count: records.length })
  }
  return (
    <>
      <Row>
        <Go word="rate" speak={speak} isBusy={isBusy} onClick={() => run(work)} />
        {isBusy && <Quiet>{speak(words.rating, { at, count: records.length })}</Quiet>}
      </Row>
      {left.map((line) => (
        <div key={line} style={{ color: 'var(--t-color-red)' }}>
          {line}
        </div>
      ))}
    </>
  )
}

/** With the day beside the name: salons of one template are called alike. */
const campaignsToChoose = async (twenty: Twenty): Promise<Named[]> =>
  (await openCampaigns(twenty)).map(({ id, name, heldOn }) => ({ id, name: `${name} ${atText(heldOn)}`.trim() }))

const Enrol = ({ client, selection, speak, isBusy, run }: CommandProps): ReactNode => {
  const { choices, chosen, setChosen } = useChoices(client, campaignsToChoose)
  if (choices?.length === 0) return <Row>{speak(words.noCampaignOpen)}</Row>
  const codes = (choices ?? []).map(({ id, name }) => ({ code: id, text: name }))
  const work = async (): Promise<string> => speak(words.enrolled, { ...(await enrol(client, selection, chosen)) })
  return (
    <Row>
      <Choice label={speak(words.campaign)} value={chosen} choices={codes} onChange={setChosen} />
      <Go word="enrol" speak={speak} isBusy={isBusy || chosen === ''} onClick={() => run(work)} />
    </Row>
  )
}

const Assign = ({ client, selection, speak, isBusy, run }: CommandProps): ReactNode => {
  const { choices, chosen, setChosen } = useChoices(client, members)
  const codes = (choices ?? []).map(({ id, name }) => ({ code: id, text: name }))
  const work = async (): Promise<string> => {
    await assign(client, selection, chosen)
    const name = choices?.find(({ id }) => id === chosen)?.name ?? ''
    return speak(words.assigned, { count: selection.records.length, name })
  }
  return (
    <Row>
      <Choice label={speak(words.assignTo)} value={chosen} choices={codes} onChange={setChosen} />
      <Go word="assign" speak={speak} isBusy={isBusy || chosen === ''} onClick={() => run(work)} />
    </Row>
  )
}

/** TIER-RERATE: rates each selected customer anew. */
export const RateCommand = (): ReactNode => <Command title="rate" body={(props) => <Rate {...props} />} />
/** CAMP-AUD: puts the selected customers on a campaign's list. */
export const EnrolCommand = (): ReactNode => <Command title="enrol" body={(props) => <Enrol {...props} />} />
/** TIER-RM: gives the selected records to a relationship manager. */
export const AssignCommand = (): ReactNode => <Command title="assign" body={(props) => <Assign {...props} />} />
