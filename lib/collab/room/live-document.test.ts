import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { defaultLimits } from '../limits'
import { scanUpdate } from '../protocol/scan-update'
import { LiveDocument } from './live-document'

const ME = 'usr_me'

it('GU15: what is there already changes nothing, whatever it says of its neighbours', () => {
  const stored = { documentId: 'doc_1', workspaceId: 'wsp_1', seq: 0, minSchema: 1, epoch: 1 }
  const document = new LiveDocument(
    { ...stored, snapshot: null, tail: [], clients: new Map() },
    { text: 'text' },
    defaultLimits,
    () => 1,
  )
  const take = (update: Uint8Array) => {
    const scanned = scanUpdate(update)
    const verdict = document.judge(scanned, update.length, ME)
    return document.apply(scanned, update, verdict.kind === 'pass' && verdict.exact)
  }
  const author = new Y.Doc()
  author.clientID = 7
  author.getText('text').insert(0, '🀄')
  author.getText('text').insert(2, 'a')
  take(Y.encodeStateAsUpdate(author))
  // The letter again, which now says that it stands between the two halves of the sign before it.
  expect(take(Uint8Array.of(1, 1, 7, 2, 4 | 128, 7, 0, 1, 97, 0))).toBeNull()
  expect(document.doc.getText('text').toString()).toBe('🀄a')
})
