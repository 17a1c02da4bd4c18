import { defineConfig } from '@playwright/test'
import { chromium } from './support/chromium'

export default defineConfig({
  testDir: './specs',
  outputDir: '../test-results',
  globalSetup: './support/server.ts',
  // A two-core machine carries the app, its database and two browsers; more only wait for each other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes the second time has shown a fault, not disproved it: by hand there is no second time. On a
  // machine that others use too, it is printed as flaky and must not throw away the rest of the run.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...(process.env.E2E_URL ? { baseURL: process.env.E2E_URL } : {}),
    browserName: 'chromium',
    launchOptions: chromium(),
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
