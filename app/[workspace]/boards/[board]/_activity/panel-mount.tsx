'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Late, latePart } from '@/app/_ui/late'
import { useOpenCard } from '../_board/use-board'
import type { PanelData } from './panel-data'

const late = latePart(() => import('./activity-panel').then((module) => module.ActivityPanel))

// On the server, and where its HTML is taken over, it is drawn like any other part; only its script comes later.
const Drawn = lazy(() => import('./activity-panel').then((module) => ({ default: module.ActivityPanel })))

/** The panel of the activity whose id stands in the address. `first`: what the server has read of it for this page. */
export function PanelMount({ slug, first }: { slug: string; first: PanelData | null }) {
  const { open, show } = useOpenCard()
  const [read] = useState(first)
  const close = () => show(null)
  // Its script comes when somebody points at a card or reaches one by keyboard: a moment before it is needed.
  useEffect(() => {
    const near = (event: Event) => {
      if (!(event.target instanceof Element) || !event.target.closest('[data-card]')) return
      late.warm()
      end()
    }
    const end = () => {
      document.removeEventListener('pointerover', near)
      document.removeEventListener('focusin', near)
    }
    document.addEventListener('pointerover', near, { passive: true })
    document.addEventListener('focusin', near)
    return end
  }, [])
  if (open === null) return null
  if (read?.activity.id === open)
    return (
      <Suspense fallback={null}>
        <Drawn key={open} activityId={open} slug={slug} first={read} close={close} />
      </Suspense>
    )
  return (
    <Late key={open} part={late} missed={close}>
      {(Panel) => <Panel activityId={open} slug={slug} first={null} close={close} />}
    </Late>
  )
}
