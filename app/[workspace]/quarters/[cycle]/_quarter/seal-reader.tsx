'use client'
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import { hashOf } from '@/lib/domain/canonical'
import { comma } from '@/lib/domain/comma'
import type { SealedPlan } from '@/lib/domain/plan-seal'
import type { SealText } from '@/lib/queries/quarters'
import { readSeal } from '../../_quarters/actions'
import type { SealNames } from './read-seal'

/** The seal as people read it. The hash is made here, of the very bytes that are shown: nobody has to take our word. */
export function SealReader({
  workspace,
  cycle,
  people,
  departments,
  lang,
  missed,
}: SealNames & { missed: () => void }) {
  const t = useWords()
  const language = useLanguage()
  const [seal, setSeal] = useState<SealText | null>(null)
  const [found, setFound] = useState<string | null>(null)
  const miss = useRef(missed)
  miss.current = missed
  useEffect(() => {
    let gone = false
    const fail = (text: string) => {
      if (gone) return
      toast({ text })
      miss.current()
    }
    readSeal({ workspace, cycle }).then(
      (answer) => {
        if (gone) return
        if (!answer.ok) return fail(answer.message)
        setSeal(answer.value)
        setFound(hashOf(new TextEncoder().encode(answer.value.text)))
      },
      () => fail(t('common.no_answer')),
    )
    return () => {
      gone = true
    }
  }, [workspace, cycle, t])
  if (!seal)
    return (
      <p className="quiet sealing" role="status">
        {t('quarters.ui_seal_checking')}
      </p>
    )
  const plan = JSON.parse(seal.text) as SealedPlan
  const holds = found === seal.hash
  const size = new TextEncoder().encode(seal.text).length
  const { strategy, positioning } = plan
  return (
    <div className="sealread">
      <dl className="hash">
        <dt>{t('quarters.ui_seal_hash')}</dt>
        <dd>
          <code>{seal.hash}</code>
        </dd>
      </dl>
      <p className={holds ? 'badge' : 'badge broken'} data-s={holds ? 'good' : 'off'} role="status">
        {holds ? t('quarters.ui_seal_holds', { n: size }) : t('quarters.ui_seal_broken')}
      </p>
      {strategy && seal.versionHolds !== null && (
        <p className="badge" data-s={seal.versionHolds ? 'good' : 'off'}>
          {t(seal.versionHolds ? 'quarters.ui_seal_version_holds' : 'quarters.ui_seal_version_broken', {
            version: strategy.version,
          })}
        </p>
      )}
      <section>
        <h3>{t('quarters.ui_seal_strategy')}</h3>
        {strategy ? (
          <p>
            <span className="serif" lang={lang}>
              {strategy.title}
            </span>
            <br />
            <small>
              {t('quarters.ui_seal_content')} <code>{strategy.contentHash}</code>
            </small>
          </p>
        ) : (
          <p className="quiet">{t('quarters.ui_seal_none')}</p>
        )}
      </section>
      <section>
        <h3>{t('quarters.ui_seal_positioning')}</h3>
        <p className="serif" lang={lang}>
          {positioning?.sentence || t('quarters.ui_seal_none')}
        </p>
      </section>
      <Lines title={t('quarters.ui_seal_gaps', { n: plan.gaps.length })}>
        {plan.gaps.map((gap) => (
          <li key={gap.id}>
            <span className="serif" lang={lang}>
              {gap.code} {gap.title}
            </span>
            <span className="num">
              {gap.from ?? '…'} → {gap.to ?? '…'} {gap.unit} {gap.by}
            </span>
          </li>
        ))}
      </Lines>
      <Lines title={t('quarters.ui_seal_activities', { n: plan.activities.length })}>
        {plan.activities.map((activity) => (
          <li key={activity.id}>
            <span>{activity.title}</span>
            <span className="num">
              {[
                departments[activity.departmentId],
                activity.ownerId && people[activity.ownerId],
                activity.due,
              ]
                .filter(Boolean)
                .join(comma(language))}
            </span>
          </li>
        ))}
      </Lines>
      <Lines title={t('quarters.ui_seal_targets', { n: plan.targets.length })}>
        {plan.targets.map((target) => (
          <li key={target.measureId}>
            <span>{target.name}</span>
            <span className="num">
              {target.baseline === null ? '' : `${target.baseline} → `}
              {target.value} {target.unit}
            </span>
          </li>
        ))}
      </Lines>
      <details>
        <summary>{t('quarters.ui_seal_bytes')}</summary>
        {/* The words of the plan in whatever languages it was written. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
        <pre tabIndex={0}>{seal.text}</pre>
      </details>
      <p className="quiet">{t('quarters.ui_seal_self')}</p>
      <footer>
        <a className="btn" href={`/${workspace}/quarters/${cycle}/seal`} download={`plan-${cycle}.json`}>
          {t('quarters.ui_seal_save')}
        </a>
      </footer>
    </div>
  )
}

function Lines({ title, children }: { title: string; children: React.ReactNode[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {children.length > 0 && <ul>{children}</ul>}
    </section>
  )
}
