import { parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'
import { campaign } from './campaign.ts'
import { guest } from './guest.ts'
import { launch } from './launch.ts'
import { welcome } from './referral.ts'

/** Campaigns from their template to each guest's follow-up (CAMP-S1 to CAMP-S5), by what the subject is. */
export const campaigns = (draft: Draft): void => {
  const { object } = parseRef(draft.state.ref)
  if (object === 'template') launch(draft)
  else if (object === 'campaign') campaign(draft)
  else if (object === 'company' || object === 'person') {
    guest(draft)
    welcome(draft)
  }
}
