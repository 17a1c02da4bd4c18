import { adopt, serverUrl } from './adopt'
import { findBinaries } from './binaries'
import { clusterPaths } from './cluster'

/** Where the server that runs on this data folder is reached, for whoever looks in beside the app; null: none runs. */
export async function runningUrl(dataDir: string): Promise<string | null> {
  const paths = clusterPaths(dataDir)
  const running = await adopt(paths, (await findBinaries()).postgres)
  return running && serverUrl(paths, running.port)
}
