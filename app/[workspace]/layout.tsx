import { Words } from '@/app/_i18n/words'
import { readTheme, readZone } from '@/app/_server/appearance'
import { layout } from '@/app/_server/layout'
import { Glyph } from '@/app/_ui/glyph'
import { initials } from '@/app/_ui/initials'
import { whoOf } from '@/lib/domain/who'
import { shell } from '@/lib/queries/shell'
import { AccountMenu } from './_shell/account-menu'
import { Bell } from './_shell/bell'
import { Commands } from './_shell/commands'
import { Live } from './_shell/live'
import { MainNav, TabBar } from './_shell/nav'
import { QuarterDay } from './_shell/quarter-day'
import { SkipLink } from './_shell/skip-link'
import { WorkspaceMenu } from './_shell/workspace-menu'
import { AskReason } from './quarters/_quarters/ask-reason'
import './_shell/shell.css'

/** The frame of a workspace. Every page inside brings its own `<main id="main" tabIndex={-1}>`. */
export default layout('workspace.read', async ({ context, children }) => {
  const [here, theme, zone] = await Promise.all([shell(context), readTheme(), readZone()])
  return (
    <Words of={['shell.ui_*', 'quarters.ui_reason_*', 'inbox.bell']}>
      <SkipLink />
      <header className="mast">
        <WorkspaceMenu
          glyph={<Glyph />}
          slug={here.slug}
          name={here.name}
          sample={here.sample}
          workspaces={here.workspaces}
        />
        <MainNav slug={here.slug} />
        <span className="sp" />
        <QuarterDay slug={here.slug} now={context.clock.now()} zone={zone} yearStart={here.yearStart} />
        <Commands
          here={{
            id: here.id,
            slug: here.slug,
            userId: here.me.id,
            mayCreate: here.mayCreate,
            mayInvite: here.mayInvite,
          }}
          zone={zone}
        />
        <Bell slug={here.slug} unread={here.unread} />
        <AccountMenu
          me={{ id: here.me.id, name: here.me.name, email: here.me.email }}
          face={
            <span className="av here" data-who={whoOf(here.me.id)} aria-hidden="true">
              {/* biome-ignore lint/performance/noImgElement: 28 pixels of a picture we serve ourselves */}
              {here.me.image ? <img src={here.me.image} alt="" /> : initials(here.me.name)}
            </span>
          }
          theme={theme}
        />
      </header>
      {children}
      <TabBar slug={here.slug} />
      <AskReason workspace={here.slug} />
      <Live workspaceId={here.id} slug={here.slug} memberId={here.me.memberId} />
    </Words>
  )
})
