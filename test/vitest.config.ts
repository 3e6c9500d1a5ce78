import { availableParallelism } from 'node:os'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes long each: begun last, one of them would run alone while the other core has nothing to do. */
const FIRST = [
  'test/crash/',
  'plugin/install/twenty/install.test.ts',
  'test/e2e/fuzz.test.ts',
  'test/property/delivery',
  'test/browser/',
]
/** They take the build of the Twenty app that install.test.ts made: begun beside it, each would make one of its own. */
const LAST = ['plugin/install/twenty/layout.test.ts', 'plugin/cli/ladder.test.ts']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const first = FIRST.findIndex((one) => moduleId.includes(one))
      return first >= 0 ? first : FIRST.length + (LAST.some((one) => moduleId.includes(one)) ? 1 : 0)
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

/** What holds no state and touches no storage: its files share a worker each core, which is half of their time. */
const PURE = ['schemas/**/*.test.ts', 'worker/{rules,method,crm}/**/*.test.ts']

const inWorkerd = (name: string, include: string[], more: object): TestProjectInlineConfiguration => ({
  // a test may look at all of the model
  define: { LADDER_WORKER: 'undefined' },
  plugins: [
    cloudflareTest({
      wrangler: { configPath: `${import.meta.dirname}/../wrangler.toml` },
      // objects can seal secrets, and a test may hold their clocks
      miniflare: {
        bindings: { LADDER_MASTER_KEY: Buffer.alloc(32, 'k').toString('base64'), LADDER_CLOCK: 'manual' },
      },
    }),
  ],
  test: { name, testTimeout: 20_000, root: import.meta.dirname + '/..', include, ...more },
})

/** Three projects: what runs in the Worker is tested inside workerd, its pure core apart, the command and the sandbox in Node. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // one more than cores: files wait for children of theirs half of the time
    maxWorkers: Math.max(2, availableParallelism()) + 1,
    projects: [
      inWorkerd('workerd', ['worker/**/*.test.ts', 'test/property/**/*.worker.test.ts'], { exclude: PURE }),
      inWorkerd('pure', PURE, { isolate: false }),
      {
        test: {
          name: 'node',
          globalSetup: `${import.meta.dirname}/worker.setup.ts`,
          root: import.meta.dirname + '/..',
          include: ['plugin/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/**/*.worker.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
