import { z } from 'zod'
import { sayMoment } from '@/app/_i18n/time'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { inbox } from '@/lib/queries/inbox'
import { InboxList } from './_inbox/inbox-list'
import { sayEntry } from './_inbox/say-entry'
import './inbox.css'

const path = z.object({ workspace: z.string().max(80), show: z.enum(['unread']).optional().catch(undefined) })

/** What the list itself says; the sentences are written here, on the server. */
const INBOX_WORDS = [
  'inbox.empty',
  'inbox.mark_all',
  'inbox.mark_read',
  'inbox.mark_unread',
  'inbox.unread',
  'inbox.outcome_*',
  'inbox.taken_back',
  'inbox.filter',
  'inbox.all',
  'inbox.only_unread',
  'inbox.none_unread',
] as const

export default page(
  'inbox.read',
  async ({ context, params }) => {
    const [t, language, zone, { entries, unread }] = await Promise.all([
      getWords(),
      getLanguage(),
      readZone(),
      inbox(context),
    ])
    const now = context.clock.now()
    return (
      <main className="inbox" id="main" tabIndex={-1}>
        <PageTitle of={[t('inbox.title')]} />
        <header className="inbox-head">
          <h1>{t('inbox.title')}</h1>
          <p>{t('inbox.lead')}</p>
        </header>
        <Words of={INBOX_WORDS}>
          <InboxList
            workspace={params.workspace}
            entries={entries.map((entry) => ({
              ...entry,
              ...sayEntry({ t, language }, params.workspace, entry),
              said: sayMoment(language, 'near', entry.at, { now, zone }),
            }))}
            unread={unread}
            onlyUnread={params.show === 'unread'}
            now={now}
            zone={zone}
          />
        </Words>
      </main>
    )
  },
  path,
)
