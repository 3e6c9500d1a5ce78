import { type ReactNode, useEffect, useMemo, useState } from 'react'
import {
  enqueueSnackbar,
  openSidePanelPage,
  SidePanelPages,
  unmountFrontComponent,
  useFrontComponentId,
  useLocale,
  useSelectedRecordIds,
} from 'twenty-sdk/front-component'
import { handedOver, handOver, readSelection, type Selection } from './selection.ts'
import { reasonOf, twenty, type Twenty } from './twenty.ts'
import { Button, Page, Quiet, Row, Section, type Speak, speakerOf } from './ui.tsx'
import { type Word, words } from './words.ts'

/** How many names of a selection are shown. */
const SHOWN = 8

/** What the body of a command is given. `run` does the work once, and says how it ended. */
export interface CommandProps {
  client: Twenty
  selection: Selection
  speak: Speak
  isBusy: boolean
  run: (work: () => Promise<string>) => void
}

interface CommandOf {
  title: Word
  body: (props: CommandProps) => ReactNode
}

/** A command for the records that are selected: opens its page in the side panel, then is that page. */
export const Command = ({ title, body }: CommandOf): ReactNode => {
  const selected = useSelectedRecordIds()
  const ids = handedOver(selected)
  return ids === undefined ? <Opener title={title} ids={selected} /> : <Form title={title} body={body} ids={ids} />
}

const Opener = ({ title, ids }: { title: Word; ids: readonly string[] }): ReactNode => {
  const frontComponentId = useFrontComponentId()
  const locale = useLocale()
  useEffect(() => {
    void openSidePanelPage({
      page: SidePanelPages.ViewFrontComponent,
      frontComponentId,
      pageTitle: speakerOf(locale)(words[title]),
      pageIcon: 'IconStairsUp',
      recordId: handOver(ids),
      objectNameSingular: 'company',
    }).finally(() => void unmountFrontComponent())
    // once: whatever is selected later is another command's
  }, [])
  return null
}

/** What the command is for, then its own body. */
const Form = ({ title, body, ids }: CommandOf & { ids: readonly string[] }): ReactNode => {
  const locale = useLocale()
  const speak: Speak = useMemo(() => speakerOf(locale), [locale])
  const client = useMemo(() => twenty(), [])
  const [selection, setSelection] = useState<Selection | 'none' | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const key = ids.join(' ')

  useEffect(() => {
    readSelection(client, key === '' ? [] : key.split(' ')).then(
      (found) => setSelection(found ?? 'none'),
      (error: unknown) => setSaid(speak(words.failed, { reason: reasonOf(error) })),
    )
  }, [client, key, speak])

  const run = (work: () => Promise<string>): void => {
    setBusy(true)
    void work()
      .then(
        (message) => ({ message, variant: 'success' as const }),
        (error: unknown) => ({ message: speak(words.failed, { reason: reasonOf(error) }), variant: 'error' as const }),
      )
      .then(async ({ message, variant }) => {
        setSaid(message)
        await enqueueSnackbar({ message, variant })
      })
      .finally(() => setBusy(false))
  }

  if (selection === undefined) return <Page>{said || <Quiet>{speak(words.loading)}</Quiet>}</Page>
  if (selection === 'none') return <Page>{speak(words.nothingSelected)}</Page>
  const { records } = selection
  return (
    <Page>
      <Section title={speak(words[title])} mark={<Quiet>{speak(words.selected, { count: records.length })}</Quiet>}>
        <Quiet>
          {records
            .slice(0, SHOWN)
            .map(({ name }) => name)
            .join(' · ')}{' '}
          {records.length > SHOWN && speak(words.more, { count: records.length - SHOWN })}
        </Quiet>
        {body({ client, selection, speak, isBusy, run })}
        {said !== '' && <Row>{said}</Row>}
      </Section>
    </Page>
  )
}

export const Go = ({
  word,
  speak,
  isBusy,
  onClick,
}: {
  word: Word
  speak: Speak
  isBusy: boolean
  onClick: () => void
}): ReactNode => (
  <Button isMain isBusy={isBusy} onClick={onClick}>
    {speak(words[word])}
  </Button>
)
