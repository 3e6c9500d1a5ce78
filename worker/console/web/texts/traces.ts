/** What a trace says: what came in, what was decided by which row, what was written. */
export const traceTexts = {
  nothing: { en: 'Nothing was decided yet.', zh: '尚无决定。' },
  nothingDecided: { en: 'nothing to decide', zh: '无需决定' },
  cameIn: { en: 'Came in', zh: '收到' },
  decided: { en: 'Decided', zh: '决定' },
  written: { en: 'Written', zh: '写入' },
  nothingWritten: { en: 'Nothing to write', zh: '无需写入' },
  rule: { en: 'Rule', zh: '规则' },
  row: { en: 'Row', zh: '行' },
  inputs: { en: 'Inputs (money in fen)', zh: '输入（金额单位：分）' },
  version: { en: 'Playbook', zh: '手册版本' },
  recordChanged: { en: 'changed in the CRM', zh: '在 CRM 中变更' },
  time: { en: 'time passed', zh: '时间推移' },
  fields: { en: 'Fields', zh: '字段' },
} as const
