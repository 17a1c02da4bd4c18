import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['{app,lib,db,bench}/**/*.test.ts'],
    globalSetup: ['lib/testing/test-run.ts'],
    // Two workers on a two-core machine; database tests each take a database of their own.
    maxWorkers: 2,
    // A machine that others use too takes several times as long for the same database work.
    testTimeout: process.env.CI ? 90_000 : 20_000,
    // One second is too short for a machine that is busy with something else.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: process.env.CI ? 120_000 : 60_000,
    // As in the browser: on a machine that others use too, a second try that passes is printed and does not throw
    // away the rest of the run. By hand there is none.
    retry: process.env.CI ? 1 : 0,
  },
})
