import { startApp } from '../../lib/testing/server'

/**
 * Once per run: the production build of the app, on a free port with a data folder of its own. E2E_URL names an
 * app that already runs instead; its data will not be tidied up.
 */
export default async function server(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL) return async () => {}
  // Every visitor of a spec comes from an address of its own, or the rate limits would count them as one.
  const app = await startApp({ env: { TRUST_PROXY: 'true' } })
  // The workers read the address, and specs that work beside the app (kill it, look into its mails) its folder.
  process.env.E2E_URL = app.url
  process.env.E2E_DATA_DIR = app.dataDir
  return app.discard
}
