import type { CampaignTemplate, Playbook } from '../../../schemas/playbook/index.ts'
import { phaseNames, audienceNames } from '../campaigns/names.ts'
import { spelledOut } from '../campaigns/named.ts'
import { checkRule } from './check-pipelines.ts'
import type { Findings } from './issues.ts'

type Shared = Pick<Playbook, 'audiences' | 'outreach'>

/** Templates and saved audiences beyond their shape (CAMP-*). */
export const checkCampaigns = (playbook: Playbook, found: Findings): void => {
  const { campaigns, audiences } = playbook
  found.unique(
    campaigns.map(({ code }, index) => ({ path: `campaigns[${index}].code`, value: code })),
    'The template',
    '活动模板',
  )
  found.unique(
    audiences.map(({ code }, index) => ({ path: `audiences[${index}].code`, value: code })),
    'The audience',
    '客群',
  )
  audiences.forEach(({ rule }, index) => checkRule(rule, `audiences[${index}].rule`, audienceNames, found))
  campaigns.forEach((template, index) => checkTemplate(template, playbook, `campaigns[${index}].`, found))
}

/** One template: its rules can be read, its guests have something to do, its plan can be kept. `path` is put before members. */
export const checkTemplate = (template: CampaignTemplate, shared: Shared, path: string, found: Findings): void => {
  checkRule(spelledOut(template.audience, shared.audiences), `${path}audience`, audienceNames, found)
  const { first } = template.plan ?? {}
  if (first !== undefined) checkRule(spelledOut(first, shared.audiences), `${path}plan.first`, audienceNames, found)
  const { en, zh } = template.participation
  if (!says(en) || !says(zh))
    found.error(
      `${path}participation`,
      'Say how guests take part: a salon without participation has failed.',
      '请写明来宾如何参与：没有参与的沙龙是失败的沙龙。',
      'Each guest brings one question.',
    )
  checkPosts(template, shared, path, found)
  checkPhases(template, shared, path, found)
  checkDays(template, path, found)
}

/** A few letters at least. */
const says = (text: string): boolean => (text.match(/\p{L}/gu)?.length ?? 0) >= 4

/** CAMP-MIC: not only adverts. */
const checkPosts = ({ plan }: CampaignTemplate, { outreach }: Shared, path: string, found: Findings): void => {
  plan?.posts?.segments.forEach(({ kinds, name }, index) => {
    const share = Math.round((kinds.filter(({ advert }) => advert).length / kinds.length) * 100)
    if (share <= outreach.advertsPercent) return
    found.error(
      `${path}plan.posts.segments[${index}].kinds`,
      `${name.en}: ${share} % of the posts are adverts, at most ${outreach.advertsPercent} % may be. Add content that is of use.`,
      `${name.zh}：广告占 ${share}%，上限 ${outreach.advertsPercent}%。请增加有用的内容。`,
    )
  })
}

/** CAMP-PHASE: phases follow one another within a year. */
const checkPhases = ({ plan }: CampaignTemplate, { audiences }: Shared, path: string, found: Findings): void => {
  let before = ''
  plan?.phases?.forEach(({ from, to, done }, index) => {
    const at = `${path}plan.phases[${index}]`
    checkRule(spelledOut(done, audiences), `${at}.done`, phaseNames, found)
    if (from > to || from <= before)
      found.error(
        at,
        'A phase must end after it begins, and begin after the one before has ended.',
        '阶段的结束须晚于开始，且在上一阶段结束之后开始。',
        '{"from": "10-21", "to": "10-31"}',
      )
    before = to
  })
}

/** Only one thing can say when a campaign is held. */
const checkDays = ({ plan, timeline }: CampaignTemplate, path: string, found: Findings): void => {
  if (plan?.festivals && plan.leadDays === undefined)
    found.error(
      `${path}plan.leadDays`,
      'Say how many working days ahead of a festival the campaign is proposed.',
      '请填写提前多少个工作日提出节日活动。',
      '20',
    )
  timeline.forEach(({ at, hours }, index) => {
    if (at !== undefined && hours !== undefined)
      found.error(
        `${path}timeline[${index}]`,
        'Give either a time of the day or working hours, not both.',
        'at 与 hours 只能填写其一。',
      )
  })
}
