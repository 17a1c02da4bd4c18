import { Refusal } from '@/lib/domain/refusal'
import type { ReadFile } from '../read-file'

export function readDocx(_bytes: Uint8Array): ReadFile {
  throw new Refusal('wrong_type')
}
