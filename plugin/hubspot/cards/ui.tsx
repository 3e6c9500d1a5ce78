import { Flex, Heading, StatusTag, Text } from '@hubspot/ui-extensions'
import type { ComponentProps, ReactNode } from 'react'
import type { Label } from '../../../schemas/model/define.ts'
import type { Due, Language } from '../../twenty/inside/kinds.ts'
import { atText, dueText, languageOf, say } from '../../twenty/inside/words.ts'

/** Whoever looks: the language that HubSpot shows them, and where they are. */
export interface Reader {
  language: Language
  timeZone: string
  say(label: Label, values?: Record<string, string | number>): string
}

/** What a card reads of HubSpot's context. */
export interface Context {
  user: { locale?: string; language?: string }
  portal: { timezone: string }
}

/** Chinese where HubSpot speaks Chinese to the user, else English. */
export const readerOf = ({ user, portal }: Context): Reader => {
  const language = languageOf(user.locale ?? user.language)
  return { language, timeZone: portal.timezone, say: (label, values) => say(label, language, values) }
}

/** What HubSpot's components take between their tags. */
type Children = ComponentProps<typeof Text>['children']

export const Section = ({
  title,
  mark,
  children,
}: {
  title: string
  mark?: Children
  children: Children
}): ReactNode => (
  <Flex direction="column" gap="extra-small">
    <Flex direction="row" justify="between" align="center">
      <Heading>{title}</Heading>
      {mark}
    </Flex>
    {children}
  </Flex>
)

export const Quiet = ({ children }: { children: Children }): ReactNode => <Text variant="microcopy">{children}</Text>

/** A date with how near it is, by colour and in words. */
export const DueTag = ({ due, language }: { due: Due; language: Language }): ReactNode => {
  const variant = due.nearness === 'overdue' ? 'danger' : due.nearness === 'soon' ? 'warning' : 'default'
  return <StatusTag variant={variant}>{dueText(due, language)}</StatusTag>
}

/** The instant of ten in the morning of an ISO date where whoever looks is. */
export const morningOf = (day: string, timeZone: string): string => {
  const guess = Date.parse(`${day}T10:00:00Z`)
  const there = Date.parse(`${atText(new Date(guess).toISOString(), timeZone).replace(' ', 'T')}:00Z`)
  return new Date(guess - (there - guess)).toISOString()
}
