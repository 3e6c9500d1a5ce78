import type { Label } from '../../../schemas/model/define.ts'

/** One finding about a playbook: where (`pipelines[0].stages[3].exit[0].rule`), what is wrong, and what would be right. */
export interface PlaybookIssue {
  severity: 'error' | 'warning'
  path: string
  message: Label
  example?: string
}

/** Gathers findings, so that all are told in one go. */
export class Findings {
  readonly list: PlaybookIssue[] = []

  error(path: string, en: string, zh: string, example?: string): void {
    this.add('error', path, { en, zh }, example)
  }

  warn(path: string, en: string, zh: string, example?: string): void {
    this.add('warning', path, { en, zh }, example)
  }

  add(severity: PlaybookIssue['severity'], path: string, message: Label, example?: string): void {
    this.list.push({ severity, path, message, ...(example === undefined ? {} : { example }) })
  }

  get failed(): boolean {
    return this.list.some(({ severity }) => severity === 'error')
  }

  /** Values that must not stand twice: tells the second place. */
  unique(values: { path: string; value: string }[], en: string, zh: string): void {
    const first = new Map<string, string>()
    for (const { path, value } of values) {
      const earlier = first.get(value)
      if (earlier === undefined) first.set(value, path)
      else
        this.error(
          path,
          `${en} "${value}" stands at ${earlier} too: give it another one.`,
          `${zh}“${value}”与 ${earlier} 重复，请更换。`,
        )
    }
  }
}

/** `['pipelines', 0, 'code']` as `pipelines[0].code`; the document itself is `playbook`. */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  ) || 'playbook'
