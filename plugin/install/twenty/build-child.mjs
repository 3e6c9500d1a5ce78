// Runs twenty-sdk's build in a process of its own: it prints as it likes, and its settings are not the admin's.
// argv[2]: the app's directory. The last line of stdout is the result as JSON.
import { appBuild } from 'twenty-sdk/cli'

const result = await appBuild({ appPath: process.argv[2] })
process.stdout.write(
  `\n${JSON.stringify(result.success ? { ok: true, outputDir: result.data.outputDir } : { ok: false, message: result.error.message })}\n`,
)
process.exit(0)
