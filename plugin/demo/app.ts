import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { BuiltApp } from '../install/twenty/build.ts'
import { twentyApp } from '../twenty/app.ts'
import { appSource } from '../twenty/generate.ts'

/**
 * Puts the app where the installer looks for its last build. The manifest comes straight from the model: it has all that
 * twenty-sdk's build would put there but checksums of code, and the app has no code. This saves the build's minute.
 */
export const prepareApp = async (dir: string): Promise<void> => {
  const built: BuiltApp = { manifest: twentyApp(), content: appSource().content }
  await mkdir(dir, { recursive: true })
  await writeFile(path.join(dir, '.built.json'), JSON.stringify(built))
}
