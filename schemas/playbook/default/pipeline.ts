import type { Label } from '../../model/define.ts'
import { devStages, pipelineOptions } from '../../model/development-stages.ts'
import type { Pipeline, Stage } from '../index.ts'
import { checklist, must, should, t, type ExitRule } from './write.ts'

/** DEV-Q: all five make a qualified lead. */
export const qualification = ['hasNeed', 'canBuy', 'meetsConditions', 'hasAuthority', 'createsValue']

/** Conditions that several stages have. */
export const rmNamed = (id: string): ExitRule =>
  must(id, 'rm != null', 'Name one RM in charge (RM in charge).', '请指定一名责任客户经理（“责任客户经理”）。')
export const signed = (id: string): ExitRule =>
  must(
    id,
    'agreementSigned = true and agreementOn != null',
    'It must be signed (Agreement signed, Agreement date).',
    '须已签署（“协议已签署”“协议日期”）。',
  )
export const fileFilled = (id: string, percent: number): ExitRule => ({
  ...must(
    id,
    `completeness >= ${percent}`,
    `Fill at least ${percent} % of the customer file.`,
    `客户档案完整度须达到 ${percent}%。`,
  ),
  isDefault: true,
})
/** DEV-OBJ: nothing is closed over a genuine objection. */
export const noObjection: ExitRule = must(
  'DEV-OBJ',
  'objectionLog.genuine = 0',
  'A genuine objection is open: answer and resolve it first.',
  '尚有真实异议未解决：请先应答并解决。',
)
/** DEV-SRC: asked for when a development begins. */
export const sourceGiven: ExitRule = should(
  'DEV-SRC',
  'leadSource != null',
  'Say how this target was found (How it was found).',
  '请填写客户来源（“客户来源”）。',
)

type Guided = Pick<Stage, 'fields' | 'exit'> & { days: number | null; en: string; zh: string }

/** A pipeline by its code in the model, whose stages bring names and checklists; `days` are this project's defaults. */
export const pipeline = (
  code: string,
  rest: Pick<Pipeline, 'active' | 'fileFields' | 'won'>,
  ...stages: Guided[]
): Pipeline => {
  const id = code.replace('_', '-')
  const name = pipelineOptions.find((one) => one.code === code)?.label ?? t(code, code)
  return {
    code,
    id,
    name,
    enforce: 'enforce',
    stages: devStages
      .filter((stage) => stage.code.startsWith(code))
      .map((stage, at) => stageOf(stage.code, stage.label, stages[at])),
    qualification,
    entry: [sourceGiven],
    ...rest,
  }
}

const stageOf = (code: string, name: Label, guided?: Guided): Stage => {
  const { fields = [], exit = [], days = null, en = name.en, zh = name.zh } = guided ?? {}
  return {
    code,
    id: code.replace('_', '-'),
    name,
    fields,
    checklist: checklist(code.slice(-3)),
    exit,
    allowanceDays: days,
    ...(days === null ? {} : { isDefault: true }),
    guidance: t(en, zh),
  }
}
