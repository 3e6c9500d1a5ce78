import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** Two projects: what runs in the Worker is tested inside workerd, the command and the sandbox in Node. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [cloudflareTest({ wrangler: { configPath: `${import.meta.dirname}/../wrangler.toml` } })],
        test: {
          name: 'workerd',
          root: import.meta.dirname + '/..',
          include: ['worker/**/*.test.ts', 'schemas/**/*.test.ts', 'test/property/**/*.worker.test.ts'],
        },
      },
      {
        test: {
          name: 'node',
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
