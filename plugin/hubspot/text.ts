import type { Label } from '../../schemas/model/define.ts'

/**
 * A label in both languages, Chinese first. HubSpot takes labels of an action in English and some other languages, of which
 * Chinese isn't one: so the text under `en` carries both.
 */
export const both = ({ en, zh }: Label): string => (en === zh ? en : `${zh} ${en}`)

/** Sentences in both languages, one after the other. */
export const bothSentences = ({ en, zh }: Label): string => (en === zh ? en : `${zh}\n${en}`)
