import { join } from 'node:path'

/** Where the bytes of an uploaded picture lie: by their hash, so that the same picture is kept once. */
export function pictureFile(dataDir: string, sha256: string): string {
  return join(dataDir, 'files', sha256.slice(0, 2), sha256)
}
