import { getLanguage, getWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { duties } from '@/lib/queries/duties'
import { home } from '@/lib/queries/home'
import { homeQuarter } from '@/lib/queries/home-quarter'
import { myWork } from '@/lib/queries/my-work'
import { boardsOverview } from '@/lib/queries/overview'
import { Effects } from './_home/effects'
import { Lately } from './_home/lately'
import { Owe, owes } from './_home/owe'
import { People } from './_home/people'
import { QuarterLine } from './_home/quarter-line'
import { Say } from './_home/say'
import { Tour } from './_home/tour'
import './_home/home.css'

export default page('workspace.read', async ({ context }) => {
  const zone = await readZone()
  const [it, t, language, boards, work, waiting, quarter] = await Promise.all([
    home(context),
    getWords(),
    getLanguage(),
    boardsOverview(context, zone),
    myWork(context, zone),
    duties(context, zone),
    homeQuarter(context, zone),
  ])
  const given = { work, duties: waiting, people: it.people, t, language }
  const owe = owes(given)
  const when = { now: context.clock.now(), zone }
  return (
    <main id="main" tabIndex={-1} className="home">
      <PageTitle of={[t('shell.home_title'), it.name]} />
      {it.sample && <Tour home={it} boards={boards.boards} quarter={quarter} t={t} />}
      <Say home={it} quarter={quarter} t={t} language={language} {...when} />
      <QuarterLine
        slug={it.slug}
        quarter={quarter}
        yearStart={it.yearStart}
        t={t}
        language={language}
        {...when}
      />
      <div className="two">
        {owe ? <Owe {...given} /> : <People home={it} t={t} />}
        <Lately home={it} t={t} language={language} {...when} />
      </div>
      <Effects home={it} boards={boards.boards} effects={quarter?.effects ?? []} t={t} language={language} />
      {owe && <People home={it} t={t} />}
    </main>
  )
})
