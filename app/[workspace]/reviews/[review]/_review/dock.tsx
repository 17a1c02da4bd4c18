'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Key } from '@/app/_ui/key'
import { CloseButton } from './close-button'
import { useRoom } from './room'

/** Back, five more minutes, next: for everybody when the reader leads, else only for the reader. */
export function Dock({ closing }: { closing: Parameters<typeof CloseButton>[0] | null }) {
  const t = useWords()
  const { points, at, go, leads, more } = useRoom()
  const i = points.indexOf(at)
  const [before, after] = [points[i - 1], points[i + 1]]
  return (
    <div className="dock">
      <Button aria-disabled={!before || undefined} onClick={() => before && go(before.key)}>
        {t('common.back')}
      </Button>
      <span className="grow" />
      {leads && (
        <Button look="plain" onClick={more}>
          {t('reviews.ui_more')}
        </Button>
      )}
      {after ? (
        <Button look={leads ? 'ink' : 'outline'} onClick={() => go(after.key)}>
          <span className="next">{t('reviews.ui_next', { point: after.label })}</span> <Key>→</Key>
        </Button>
      ) : (
        closing && <CloseButton {...closing} main />
      )}
    </div>
  )
}
