'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button, LinkButton } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'

interface Text {
  readonly key: string
  readonly html: string
}

interface Shown {
  readonly seq: number
  readonly texts: Readonly<Record<TextRoot, Text>>
}

export interface StepWords {
  readonly seq: number
  readonly when: string
  readonly who: string
}

/** Between two steps while it plays: long enough to see what changed. Milliseconds. */
const BEAT = 1_200
/** While the slider is dragged, only where it rests is asked for. */
const REST = 90
/** Steps kept on the page. */
const MOST_KEPT = 40

/** Plays a strategy back: a slider over everything ever written, the text at that step, its last change marked. */
export function Replay({
  back,
  title,
  lang,
  steps,
  first,
}: {
  back: string
  title: string
  lang: string
  steps: readonly StepWords[]
  first: Shown
}) {
  const t = useWords()
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      steps.findIndex(({ seq }) => seq === first.seq),
    ),
  )
  const [shown, setShown] = useState(first)
  const [playing, setPlaying] = useState(false)
  const [missed, setMissed] = useState(false)
  const kept = useRef(new Map<number, Shown>([[first.seq, first]]))
  const current = useRef(first)
  const step = steps[at]
  const seq = step?.seq ?? first.seq

  const keep = useCallback((one: Shown) => {
    kept.current.delete(one.seq)
    kept.current.set(one.seq, one)
    const oldest = kept.current.keys().next().value
    if (kept.current.size > MOST_KEPT && oldest !== undefined) kept.current.delete(oldest)
    current.current = one
    setShown(one)
    setMissed(false)
  }, [])

  useEffect(() => {
    const known = kept.current.get(seq)
    if (known) {
      keep(known)
      return
    }
    const leaving = new AbortController()
    const timer = setTimeout(
      () => {
        fetchStep(seq, current.current, leaving.signal).then(keep, () => {
          if (leaving.signal.aborted) return
          setMissed(true)
          setPlaying(false)
        })
      },
      playing ? 0 : REST,
    )
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [seq, keep, playing])

  // The address follows, so that a moment can be sent to somebody.
  useEffect(() => {
    const url = new URL(location.href)
    url.searchParams.set('at', `${shown.seq}`)
    history.replaceState(history.state, '', url)
  }, [shown.seq])

  // The next step comes only after this one is there.
  useEffect(() => {
    if (!playing || shown.seq !== seq) return
    if (at >= steps.length - 1) {
      setPlaying(false)
      return
    }
    const timer = setTimeout(() => setAt(at + 1), BEAT)
    return () => clearTimeout(timer)
  }, [playing, shown.seq, seq, at, steps.length])

  // What changed is brought into sight, unless it is.
  const moved = useRef(false)
  useEffect(() => {
    if (shown.seq === first.seq && !moved.current) return
    moved.current = true
    const change = document.querySelector('.replay :is(ins, del, .form, .restyled)')
    if (!change) return
    const box = change.getBoundingClientRect()
    if (box.top < 120 || box.bottom > innerHeight - 40)
      change.scrollIntoView({
        block: 'center',
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      })
  }, [shown, first.seq])

  const who = step?.who || t('versions.ui_nobody')
  const play = () => {
    // At the end it begins anew.
    if (!playing && at >= steps.length - 1) setAt(0)
    setPlaying(!playing)
  }

  return (
    <>
      <section className="bar replay-bar" aria-label={t('versions.replay_title')}>
        <LinkButton size="sm" look="plain" href={back}>
          <Icon name="back" />
          {t('versions.replay_back')}
        </LinkButton>
        <Button size="sm" onClick={play} aria-pressed={playing}>
          <i aria-hidden="true" className={`i ${playing ? 'i-pause' : 'i-play'}`} />
          {playing ? t('versions.ui_pause') : t('versions.ui_play')}
        </Button>
        <span className="slide">
          <input
            type="range"
            min={0}
            max={Math.max(0, steps.length - 1)}
            value={at}
            aria-label={t('versions.ui_slider')}
            aria-valuetext={t('versions.ui_step_of', {
              n: at + 1,
              all: steps.length,
              when: step?.when ?? '',
              who,
            })}
            onChange={(event) => {
              setPlaying(false)
              setAt(Number(event.currentTarget.value))
            }}
          />
        </span>
        <span className="said num" role="status">
          {missed ? t('versions.ui_missed') : t('versions.ui_step', { when: step?.when ?? '', who })}
        </span>
      </section>
      <div className="lay replay" aria-busy={shown.seq !== seq}>
        <main className="sheet" id="main" tabIndex={-1}>
          <h1 lang={lang}>{title}</h1>
          {TEXT_ROOTS.map((root) => (
            <section key={root} hidden={shown.texts[root].html === ''}>
              {root !== 'preface' && <h2>{t(`versions.chapter_${root}`)}</h2>}
              <div
                className="text"
                lang={lang}
                // biome-ignore lint/security/noDangerouslySetInnerHtml: written by lib/document/diff/html.ts, which believes nothing
                dangerouslySetInnerHTML={{ __html: shown.texts[root].html }}
              />
            </section>
          ))}
        </main>
      </div>
    </>
  )
}

/** A step from the server; chapters that are the same as those on the page do not travel. Rejects when it cannot be had. */
async function fetchStep(seq: number, here: Shown, signal: AbortSignal): Promise<Shown> {
  const have = TEXT_ROOTS.map((root) => here.texts[root].key).join('.')
  const answer = await fetch(`${location.pathname.replace(/\/$/, '')}/at?seq=${seq}&have=${have}`, { signal })
  if (!answer.ok) throw new Error('no such step')
  const came: { seq: number; texts: { root: TextRoot; key: string; html: string | null }[] } =
    await answer.json()
  const texts = { ...here.texts }
  for (const { root, key, html } of came.texts)
    texts[root] =
      html === null
        ? (TEXT_ROOTS.map((one) => here.texts[one]).find((text) => text.key === key) ?? { key, html: '' })
        : { key, html }
  return { seq: came.seq, texts }
}
