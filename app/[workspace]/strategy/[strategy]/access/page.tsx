import { z } from 'zod'
import { getWords, Words } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { Avatar } from '@/app/_ui/avatar'
import { LinkButton } from '@/app/_ui/button'
import { PageTitle } from '@/app/_ui/page-title'
import { accessPage } from '@/lib/queries/strategy-access'
import '../../_list/list.css'
import { AccessSelect } from './access-select'

export default page(
  'strategy.access',
  async ({ context, params }) => {
    const t = await getWords()
    const { title, members } = await accessPage(context, params.strategy)
    return (
      <Words of={['strategy']}>
        <PageTitle of={[t('strategy.share'), title]} />
        <main className="sheet list" id="main" tabIndex={-1}>
          <header className="list-head">
            <div>
              <h1>{t('strategy.access_title', { title })}</h1>
              <p>{t('strategy.access_lead')}</p>
            </div>
            <LinkButton href={`/${params.workspace}/strategy`}>{t('common.back')}</LinkButton>
          </header>
          <ul className="access-list">
            {members.map((member) => (
              <li key={member.memberId}>
                <span className="row">
                  <Avatar id={member.userId} name={member.name} />
                  <span>
                    <b>{member.name}</b>
                    <span className="quiet">{t(`common.role_${member.role}`)}</span>
                  </span>
                </span>
                {member.role === 'owner' ? (
                  <span className="quiet">{t('strategy.access_owner')}</span>
                ) : (
                  <AccessSelect workspace={params.workspace} strategyId={params.strategy} member={member} />
                )}
              </li>
            ))}
          </ul>
        </main>
      </Words>
    )
  },
  z.object({ workspace: z.string(), strategy: z.string().max(40) }),
)
