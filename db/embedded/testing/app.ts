import { startEmbedded } from '../index'

/** A stand-in for the app: `node app <data folder>`. Says what it started, ends on SIGTERM, or is killed. */
async function app(): Promise<void> {
  const dataDir = process.argv[2] ?? ''
  try {
    const database = await startEmbedded({ dataDir, fsync: process.argv[3] !== 'no-fsync' })
    const { url, pid, adopted } = database
    process.stdout.write(`${JSON.stringify({ url, pid, adopted })}\n`)
    const alive = setInterval(() => {}, 1000)
    process.once('SIGTERM', async () => {
      await database.stop()
      clearInterval(alive)
    })
  } catch (error) {
    process.stdout.write(
      `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`,
    )
    process.exitCode = 1
  }
}

void app()
