'use client'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Key } from '@/app/_ui/key'
import { shortcuts } from '@/app/_ui/keys'
import { Late, latePart } from '@/app/_ui/late'
import { closeLayer, openPalette, openShortcuts, useLayer } from './layers'
import { placesOf } from './nav'
import { useModKey } from './use-mod-key'

// Neither is needed before a key is pressed.
const palette = latePart(() => import('./palette').then((module) => module.Palette))
const sheet = latePart(() => import('./shortcut-sheet').then((module) => module.ShortcutSheet))

export interface Here {
  readonly id: string
  readonly slug: string
  readonly userId: string
  readonly mayCreate: boolean
  readonly mayInvite: boolean
}

/** For a year, in this browser. Neither value needs escaping. */
function remember(name: 'zone' | 'workspace', value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store yet
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`
}

/** The search button of the masthead, the keys of every page, and what they open. */
export function Commands({ here, zone }: { here: Here; zone: string }) {
  const t = useWords()
  const router = useRouter()
  const layer = useLayer()
  const mod = useModKey()
  const { slug, mayCreate } = here
  const path = useRef('')
  path.current = usePathname()

  useEffect(() => {
    const to = placesOf(slug)
    const handle = shortcuts<KeyboardEvent>({
      'Mod+k': openPalette,
      '?': openShortcuts,
      // A Chinese layout types the wide one.
      '？': openShortcuts,
      'g h': () => router.push(to.home),
      'g s': () => router.push(to.strategy),
      'g b': () => router.push(to.boards),
      'g c': () => router.push(to.coherence),
      'g r': () => router.push(to.reviews),
      'g q': () => router.push(to.quarters),
      'g m': () => router.push(to.measures),
      'g w': () => router.push(to.work),
      'g p': () => router.push(to.members),
      'g ,': () => router.push(to.settings),
      // Where activities and measures are, C makes one of those: the page hears it.
      c: () => {
        if (
          !mayCreate ||
          [to.boards, to.measures, to.reviews].some((place) => path.current.startsWith(place))
        )
          return false
        router.push(`${to.strategy}?new=1`)
      },
    })
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [mayCreate, router, slug])

  useEffect(() => {
    // The server writes days and times: so it learns by whose calendar. And `/` leads back to this workspace.
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (mine !== zone) remember('zone', mine)
    remember('workspace', here.id)
  }, [here.id, zone])

  return (
    <>
      <button type="button" className="find" onPointerEnter={palette.warm} onClick={openPalette}>
        <Icon name="search" />
        <span>{t('shell.ui_find')}</span>
        <Key>{`${mod}K`}</Key>
      </button>
      {layer === 'palette' && (
        <Late part={palette} missed={closeLayer}>
          {(Palette) => <Palette here={here} onClose={closeLayer} />}
        </Late>
      )}
      {layer === 'shortcuts' && (
        <Late part={sheet} missed={closeLayer}>
          {(Sheet) => <Sheet mayCreate={mayCreate} onClose={closeLayer} />}
        </Late>
      )}
    </>
  )
}
