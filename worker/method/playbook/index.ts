export { compileCampaign, compilePipeline, compilePlaybook, type CompiledPlaybookResult } from './compile.ts'
export { hashOf } from './hash.ts'
export type { PlaybookIssue } from './issues.ts'
export { parsePlaybook } from './parse.ts'
