import { getLanguage, getWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { home } from '@/lib/queries/home'
import { myWork } from '@/lib/queries/my-work'
import { boardsOverview } from '@/lib/queries/overview'
import { Chain } from './_home/chain'
import { Lately } from './_home/lately'
import { Owe } from './_home/owe'
import { People } from './_home/people'
import { QuarterLine } from './_home/quarter-line'
import { Say } from './_home/say'
import './_home/home.css'

export default page('workspace.read', async ({ context }) => {
  const zone = await readZone()
  const [it, t, language, boards, work] = await Promise.all([
    home(context),
    getWords(),
    getLanguage(),
    boardsOverview(context, zone),
    myWork(context, zone),
  ])
  const when = { now: context.clock.now(), zone }
  return (
    <main id="main" tabIndex={-1} className="home">
      <PageTitle of={[t('shell.home_title'), it.name]} />
      <Say home={it} t={t} language={language} {...when} />
      <QuarterLine yearStart={it.yearStart} t={t} language={language} {...when} />
      <div className="two">
        <div className="beside">
          <Owe work={work} people={it.people} t={t} language={language} />
          <Lately home={it} t={t} language={language} {...when} />
        </div>
        <People home={it} t={t} />
      </div>
      <Chain home={it} boards={boards.boards} t={t} language={language} />
    </main>
  )
})
