import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Admin, type AdminOptions, withAdminOptions } from '../admin.ts'
import { EXIT } from '../output.ts'

interface DocumentOptions extends AdminOptions {
  kind: string
  lang: string
  format?: string
  out: string
}

/** The form that a file's ending asks for: Word where it says nothing. */
const formatOf = ({ format, out }: DocumentOptions): string => format ?? /\.(docx|pdf|html)$/i.exec(out)?.[1] ?? 'docx'

const make = async (
  record: string,
  options: DocumentOptions,
): Promise<{ code: number; message: string; bytes: number }> => {
  const admin = Admin.from(options)
  if (typeof admin === 'string') return { code: EXIT.usage, message: admin, bytes: 0 }
  const account = await admin.account(options.account)
  if (!account.ok) return { code: EXIT.problems, message: account.message, bytes: 0 }
  const query = new URLSearchParams({
    record,
    kind: options.kind,
    lang: options.lang,
    format: formatOf(options).toLowerCase(),
  })
  const file = await admin.file(`${account.path}/document?${query}`)
  if (!file.ok) return { code: EXIT.problems, message: file.message, bytes: 0 }
  writeFileSync(options.out, file.bytes)
  return { code: EXIT.ok, message: '', bytes: file.bytes.length }
}

/** `ladder document company:… --kind value-report --lang zh --out report.docx`: a document of a record as it stands now. */
export const registerDocument = (program: Command): void => {
  withAdminOptions(
    program
      .command('document <record>')
      .description(
        'make a document of a development, or of a customer’s newest one, as it stands now; the CRM isn’t touched',
      ),
  )
    .requiredOption('--kind <kind>', 'value-report, internal-plan, proposal or control-table')
    .requiredOption('--out <file>', 'file to write; its ending says the form')
    .option('--lang <lang>', 'zh or en', 'zh')
    .option('--format <form>', 'docx, pdf or html, where the ending doesn’t say it')
    .action(async (record: string, options: DocumentOptions) => {
      const { code, message, bytes } = await make(record, options)
      process.exitCode = code
      if (code !== EXIT.ok) {
        if (options.json) process.stdout.write(`${JSON.stringify({ error: 'failed', message })}\n`)
        else process.stderr.write(`${message}\n`)
      } else
        process.stdout.write(options.json ? `${JSON.stringify({ file: options.out, bytes })}\n` : `${options.out}\n`)
    })
}
