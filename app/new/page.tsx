import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { MakeSample } from '@/app/_sample/make-sample'
import { page } from '@/app/_server/page'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { templates } from '@/lib/document/templates'
import { INVITATION_DAYS } from '@/lib/domain/invitation'
import { words } from '@/lib/i18n/words'
import { newId } from '@/lib/kit/ids'
import { myWorkspaces } from '@/lib/queries/workspaces'
import { monthNames } from './_onboarding/month-names'
import { Onboarding } from './_onboarding/onboarding'
import '../_sample/sample.css'
import './new.css'

export default page('user', async ({ context }) => {
  const t = await getWords()
  const language = await getLanguage()
  const mine = await myWorkspaces(context)
  const blank = { en: words('en')('people.blank_sentence'), zh: words('zh')('people.blank_sentence') }
  return (
    <Words of={['people', 'strategy.template_*', 'sample.ui_*']}>
      <div className="founding">
        <PageTitle of={[t('people.new_title')]} />
        <header className="topb">
          <Link href="/">
            <Glyph />
            {t('shell.product')}
          </Link>
          {mine.length > 0 ? (
            <Link href="/workspaces">{t('people.new_back')}</Link>
          ) : (
            <Link href="/account">{t('people.new_account', { email: context.user.email })}</Link>
          )}
        </header>
        <main id="main" tabIndex={-1}>
          <Onboarding
            language={language}
            before={`${new URL(context.appUrl).host}/`}
            months={monthNames(language)}
            cards={[
              ...templates.map(({ id, positioning }) => ({ id, sentence: positioning })),
              { id: 'blank', sentence: blank },
            ]}
            chance={newId('ws').slice(-6)}
            mails={context.mailer.delivers}
            days={INVITATION_DAYS}
            example={<MakeSample language={language} />}
          />
        </main>
      </div>
    </Words>
  )
})
