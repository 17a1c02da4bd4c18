'use client'
import { useEffect, useRef } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { LinkButton } from '@/app/_ui/button'
import { CopyField } from '@/app/_ui/copy-field'
import type { CreatedWorkspace } from '@/lib/commands/create-workspace'

/** The workspace is there; the links to hand on, shown this once. */
export function Made({
  name,
  made,
  days,
  to,
}: {
  name: string
  made: CreatedWorkspace
  /** How long the links work. */
  days: number
  to: string
}) {
  const t = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const mailed = made.invited.filter((invited) => invited.link === null).length
  return (
    <section className="made">
      <h1 ref={heading} tabIndex={-1}>
        {t('people.made_head', { workspace: name })}
      </h1>
      <p>{t('people.made_lead', { days })}</p>
      {mailed > 0 && <p>{t('people.made_mailed', { n: mailed })}</p>}
      {made.invited.map((invited) => {
        const role = t(`common.role_${invited.role}`)
        const label = invited.email
          ? t('people.link_for', { email: invited.email, role })
          : t('people.link_for_anyone', { role })
        return invited.link && <CopyField key={invited.id} label={label} value={invited.link} />
      })}
      <div className="go">
        <LinkButton look="ink" size="lg" href={to}>
          {t(made.strategyId ? 'people.made_open_strategy' : 'people.made_open')}
        </LinkButton>
      </div>
    </section>
  )
}
