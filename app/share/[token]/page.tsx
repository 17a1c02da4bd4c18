import { z } from 'zod'
import { getWords, Words } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { Glyph } from '@/app/_ui/glyph'
import { PageTitle } from '@/app/_ui/page-title'
import { shareDoor } from '@/lib/queries/share'
import { OpenForm } from '../_share/open-form'
import { Over } from '../_share/over'

/** A link that was given out. Opening the page redeems nothing: the preview of a chat may do that as often as it likes. */
export default page(
  'public',
  async ({ context, params: { token } }) => {
    const door = await shareDoor(context, token)
    if (!door) return <Over />
    const t = await getWords()
    return (
      <Words of={['exchange.shared_*']}>
        <main id="main" tabIndex={-1} className="shared-door">
          <PageTitle of={[t('exchange.shared_title')]} />
          <Glyph />
          <h1>{t('exchange.shared_head')}</h1>
          <p>{t(door.asksPassword ? 'exchange.shared_lead_password' : 'exchange.shared_lead')}</p>
          <OpenForm token={token} asksPassword={door.asksPassword} />
        </main>
      </Words>
    )
  },
  z.object({ token: z.string().max(100) }),
)
