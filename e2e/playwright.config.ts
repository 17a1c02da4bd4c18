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
  // machine that others use too, it is printed as flaky and must not throw away the rest of the run; nor may ten
  // seconds be the measure there, which a busy machine needs for what a quiet one does in one.
  retries: process.env.CI ? 2 : 0,
  timeout: process.env.CI ? 180_000 : 90_000,
  expect: { timeout: process.env.CI ? 25_000 : 10_000 },
  reporter: [['list']],
  use: {
    ...(process.env.E2E_URL ? { baseURL: process.env.E2E_URL } : {}),
    browserName: 'chromium',
    launchOptions: chromium(),
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // A page that has not come by then does not come; the tries that follow should have time left.
    navigationTimeout: 90_000,
    // Writing a trace costs as much as the page itself: by hand at once, elsewhere with the second try.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
