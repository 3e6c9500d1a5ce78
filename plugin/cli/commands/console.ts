import type { Command } from 'commander'
import { Admin, type AdminOptions, withAdminOptions } from '../admin.ts'
import { createOutput, EXIT, guarded, WrongUse } from '../output.ts'
import { signInLink } from '../sign-in.ts'

/** `ladder console link`: an address that signs one browser in to the console as an admin, once, within a quarter of an hour. */
export const registerConsole = (program: Command): void => {
  const group = program.command('console').description('the pages for admins and managers')
  withAdminOptions(group.command('link').description('make a sign-in link: good once, for 15 minutes')).action(
    async (options: AdminOptions) => {
      const output = createOutput({ json: options.json ?? false })
      await guarded('console link', output, async () => {
        const admin = Admin.from(options)
        if (typeof admin === 'string') throw new WrongUse(admin)
        const link = await signInLink(admin)
        if (typeof link === 'string') {
          output.error(link)
          return EXIT.problems
        }
        output.line(`${link.url}\nOpen it in a browser: it signs in once, until ${link.until}`)
        output.result(link)
        return EXIT.ok
      })
    },
  )
}
