import { route } from '@/app/_server/route'
import { readVisit } from '@/app/_server/share-visit'
import { Refusal } from '@/lib/domain/refusal'
import { sharedPicture } from '@/lib/queries/share'

/** A picture of what was shared, through the same cookie and as long as the link opens. */
export const GET = route('public', async ({ context, params }) => {
  const share = String(params.share)
  const picture = await sharedPicture(context, share, await readVisit(share), String(params.file))
  if (!picture) throw new Refusal('not_found')
  return new Response(new Blob([Uint8Array.from(picture.bytes)]), {
    headers: {
      'content-type': picture.type,
      // A revoked link shows nothing: the browser must ask again each time.
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
})
