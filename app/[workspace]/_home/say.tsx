import type { Say as Speak } from '@/app/_i18n/say'
import { sayMoment } from '@/app/_i18n/time'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Key } from '@/app/_ui/key'
import { Link } from '@/app/_ui/link'
import { SaidMoment } from '@/app/_ui/said-moment'
import type { Opening } from '@/lib/document/opening'
import type { Language } from '@/lib/domain/language'
import type { Home } from '@/lib/queries/home'
import type { HomeQuarter } from '@/lib/queries/home-quarter'

/** The one large sentence: what this company does for whom, in the words of its strategy. */
export function Say({
  home,
  quarter,
  t,
  language,
  now,
  zone,
}: {
  home: Home
  quarter: HomeQuarter | null
  t: Speak
  language: Language
  now: number
  zone: string
}) {
  const { current, slug } = home
  if (!current)
    return (
      <div className="say-empty">
        <Empty
          level={1}
          title={t('shell.home_no_strategy')}
          action={
            home.mayCreate && (
              <LinkButton look="ink" href={`/${slug}/strategy?new=1`}>
                {t('shell.home_start')} <Key>C</Key>
              </LinkButton>
            )
          }
        >
          {t(home.mayCreate ? 'shell.home_no_strategy_text' : 'shell.home_no_strategy_reader')}
        </Empty>
      </div>
    )
  const href = `/${slug}/strategy/${current.strategyId}`
  const lang = current.language === 'zh' ? 'zh-Hans' : 'en'
  if (!current.opening)
    return (
      <div className="say-empty">
        <Empty
          level={1}
          title={t('shell.home_no_words', { title: current.title })}
          action={
            <LinkButton look="ink" href={href}>
              {t(current.mayEdit ? 'shell.home_write' : 'shell.home_read')}
            </LinkButton>
          }
        >
          {t('shell.home_no_words_text')}
        </Empty>
      </div>
    )
  return (
    <>
      <h1 className="say" lang={lang}>
        <Words opening={current.opening} />
      </h1>
      <p className="under">
        <Link href={href} lang={lang} title={t('shell.home_current')}>
          {current.title}
        </Link>
        <span>
          {current.by ? t('shell.home_changed_by', { name: current.by.name }) : t('shell.home_changed')}{' '}
          <SaidMoment
            said={sayMoment(language, 'near', current.at.getTime(), { now, zone })}
            at={current.at.getTime()}
            now={now}
            zone={zone}
          />
        </span>
        {quarter && (quarter.sealedOn !== null || quarter.mayOpen) && (
          <Link href={`/${slug}/quarters/${quarter.cycle}`}>
            {t(quarter.sealedOn === null ? 'shell.home_open_quarter' : 'shell.home_sealed')}
          </Link>
        )}
        <Link href={href}>{t(current.mayEdit ? 'shell.home_write' : 'shell.home_read')}</Link>
      </p>
    </>
  )
}

function Words({ opening }: { opening: Opening }) {
  switch (opening.kind) {
    case 'sentence':
      // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, on the server
      return opening.pieces.map(({ text, slot }, i) => (slot ? <u key={i}>{text}</u> : text))
    case 'prose':
      return opening.text
  }
}
