import { getLanguage, getWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { home } from '@/lib/queries/home'
import { Chain } from './_home/chain'
import { Lately } from './_home/lately'
import { People } from './_home/people'
import { QuarterLine } from './_home/quarter-line'
import { Say } from './_home/say'
import './_home/home.css'

export default page('workspace.read', async ({ context }) => {
  const [it, t, language, zone] = await Promise.all([home(context), getWords(), getLanguage(), readZone()])
  const when = { now: context.clock.now(), zone }
  return (
    <main id="main" tabIndex={-1} className="home">
      <PageTitle of={[t('shell.home_title'), it.name]} />
      <Say home={it} t={t} language={language} {...when} />
      <QuarterLine yearStart={it.yearStart} t={t} language={language} {...when} />
      <div className="two">
        <Lately home={it} t={t} language={language} {...when} />
        <People home={it} t={t} />
      </div>
      <Chain home={it} t={t} language={language} />
    </main>
  )
})
