import type { LaunchOptions } from '@playwright/test'
import { findChromium } from '../../lib/tools/house/chromium.mjs'

/** How every browser of the tests and measures is started: the machine's own, quiet on the network. */
export function chromium(): LaunchOptions {
  const path = findChromium()
  return {
    ...(path === null ? {} : { executablePath: path }),
    args: [
      // Chromium's sandbox needs an ordinary user; in a container the tests are often root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // Small containers have 64 MB of shared memory, and Chromium ends when it is full.
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  }
}
