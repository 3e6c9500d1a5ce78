import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'
import { isGiven } from '../papers/read.ts'
import { say } from '../tiers/text.ts'

/** How far a need is known (DEV-NEED): an explicit one counts more than a hidden one. */
export const needOf = ({ fields }: RecordSnapshot): 'EXPLICIT' | 'HIDDEN' | null =>
  isGiven(fields['needExplicit']) ? 'EXPLICIT' : isGiven(fields['needHidden']) ? 'HIDDEN' : null

/** What it means for the sale: a hidden need starts a large one, an explicit need signals the close. */
export const needText = ({ ctx }: Draft, need: ReturnType<typeof needOf>): string =>
  need === 'EXPLICIT'
    ? say(ctx, 'The need is explicit: that signals the close.', '需求已明确：这是成交信号。')
    : need === 'HIDDEN'
      ? say(
          ctx,
          'A hidden need starts a large sale: ask on until the customer states it.',
          '隐含需求是大额销售的起点：继续提问，直至客户明确说出。',
        )
      : ''
