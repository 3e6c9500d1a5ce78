import type { InstallOptions, SharedContext } from '../context.ts'
import type { TwentyClient } from './client.ts'

export interface TwentyOptions extends InstallOptions {
  buildDir?: string | undefined
}

/** All that a step of Twenty's installer needs. */
export interface Context extends SharedContext {
  client: TwentyClient
  options: TwentyOptions
}
