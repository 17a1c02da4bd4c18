'use client'
import { useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Badge } from '@/app/_ui/badge'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { toast } from '@/app/_ui/toast'
import { type Finding, verdicts } from '@/lib/domain/review'
import type { Verdict } from '@/lib/domain/trace'
import { agree, judge, removeFinding } from '../../actions'
import type { DecisionKind } from './decide-form'
import { useReviewAct } from './use-review-act'

const form = latePart(() => import('./finding-form').then((module) => module.FindingForm))
const decideForm = latePart(() => import('./decide-form').then((module) => module.DecideForm))

const shapes: Readonly<Record<Verdict, 'good' | 'risk' | 'off'>> = {
  keep: 'good',
  adjust: 'risk',
  stop: 'off',
}

/** What one may do to a finding: agree, give it its verdict, change it, decide on it. */
export function FindingActs({
  workspace,
  finding,
  mine,
  agreed,
  names,
  may,
  running,
}: {
  workspace: string
  finding: Finding
  mine: boolean
  agreed: boolean
  /** Those who agree. */
  names: string
  may: { readonly judge: boolean; readonly agree: boolean; readonly edit: boolean; readonly decide: boolean }
  running: boolean
}) {
  const t = useWords()
  const act = useReviewAct()
  const [editing, setEditing] = useState(false)
  const [deciding, setDeciding] = useState<DecisionKind | null>(null)
  // Shown at once; what the page says afterwards counts.
  const [guess, setGuess] = useState<{
    readonly of: Verdict | null
    readonly verdict: Verdict | null
  } | null>(null)
  const shown = guess && guess.of === finding.verdict ? guess.verdict : finding.verdict
  const busy = useRef(false)
  const give = async (verdict: Verdict | null) => {
    if (busy.current) return
    busy.current = true
    setGuess({ of: finding.verdict, verdict })
    const done = await act(async () => {
      const answer = await judge({ workspace, findingId: finding.id, verdict })
      return answer.ok ? { ok: true, value: true } : answer
    })
    busy.current = false
    if (done === null) setGuess(null)
  }
  const remove = async () => {
    const done = await act(async () => {
      const answer = await removeFinding({ workspace, findingId: finding.id, removed: true })
      return answer.ok ? { ok: true, value: true } : answer
    })
    if (done)
      toast({
        text: t('reviews.ui_finding_removed'),
        undo: () => act(() => removeFinding({ workspace, findingId: finding.id, removed: false })),
      })
  }
  const { length } = finding.agree
  return (
    <>
      {running &&
        (may.agree ? (
          // A form, so that a press before this script is there is kept and done after it.
          <form
            action={async () => {
              await act(() => agree({ workspace, findingId: finding.id, yes: !agreed }))
            }}
          >
            <Button
              type="submit"
              size="sm"
              look="plain"
              aria-pressed={agreed}
              title={names || undefined}
              className="agree num"
            >
              {agreed && <Icon name="check" />}
              {length === 0 ? t('reviews.ui_agree') : t('reviews.ui_agree_n', { n: length })}
            </Button>
          </form>
        ) : (
          length > 0 && (
            <span className="num" title={names}>
              {t('reviews.ui_agree_n', { n: length })}
            </span>
          )
        ))}
      {running &&
        (may.judge ? (
          <form
            className="judge"
            action={async (data) => {
              const pressed = verdicts.find((one) => one === data.get('verdict'))
              if (pressed) await give(shown === pressed ? null : pressed)
            }}
          >
            <fieldset>
              <legend className="vh">
                {t('reviews.ui_verdict_on', { text: finding.text.slice(0, 80) })}
              </legend>
              {verdicts.map((one) => (
                <button
                  key={one}
                  type="submit"
                  name="verdict"
                  value={one}
                  data-verdict={one}
                  aria-pressed={shown === one}
                >
                  {t(`reviews.ui_verdict_${one}`)}
                </button>
              ))}
            </fieldset>
          </form>
        ) : (
          <Badge state={shown ? shapes[shown] : 'none'}>{t(`reviews.ui_verdict_${shown ?? 'none'}`)}</Badge>
        ))}
      {(may.edit || may.decide) && (
        <Menu
          label={t('reviews.ui_finding_acts')}
          trigger={<Icon name="dots" />}
          look="plain"
          size="sm"
          icon
          align="end"
          width={230}
        >
          {may.decide && (
            <>
              <MenuCap>{t('reviews.ui_decide_on')}</MenuCap>
              {(['wording', 'activity', 'target'] as const).map((kind) => (
                <MenuItem key={kind} onSelect={() => setDeciding(kind)}>
                  {t(`reviews.ui_new_${kind}`)}
                </MenuItem>
              ))}
            </>
          )}
          {may.edit && may.decide && <MenuRule />}
          {may.edit && (
            <>
              <MenuItem onSelect={() => setEditing(true)}>
                {t(mine ? 'reviews.ui_finding_edit' : 'reviews.ui_finding_edit_theirs')}
              </MenuItem>
              <MenuItem danger onSelect={remove}>
                {t('reviews.ui_finding_remove')}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
      <Dialog open={editing} onClose={() => setEditing(false)} title={t('reviews.ui_finding_edit')} wide>
        <Late part={form} missed={() => setEditing(false)}>
          {(FindingForm) => (
            <FindingForm
              workspace={workspace}
              reviewId={finding.reviewId}
              finding={finding}
              close={() => setEditing(false)}
            />
          )}
        </Late>
      </Dialog>
      <Dialog
        open={deciding !== null}
        onClose={() => setDeciding(null)}
        title={deciding ? t(`reviews.ui_new_${deciding}`) : ''}
        wide
      >
        <Late part={decideForm} missed={() => setDeciding(null)}>
          {(DecideForm) =>
            deciding && (
              <DecideForm
                workspace={workspace}
                reviewId={finding.reviewId}
                kind={deciding}
                finding={finding}
                close={() => setDeciding(null)}
              />
            )
          }
        </Late>
      </Dialog>
    </>
  )
}
