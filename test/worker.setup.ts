import type { TestProject } from 'vitest/node'
import { bundleWorker, type Scripts } from '../plugin/runtime/bundle.ts'

declare module 'vitest' {
  interface ProvidedContext {
    scripts: Scripts
  }
}

/** Bundles the Worker once for all files that run it. */
export const setup = async ({ provide }: TestProject): Promise<void> => {
  provide('scripts', await bundleWorker())
}
