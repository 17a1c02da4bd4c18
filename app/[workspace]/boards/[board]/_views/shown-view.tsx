'use client'
import type { ReactNode } from 'react'
import { Late, type LatePart, latePart } from '@/app/_ui/late'
import { useBoardPart } from '../_board/use-board'
import { useView, type ViewName } from './use-filter'

const parts: Readonly<Partial<Record<ViewName, LatePart<() => ReactNode>>>> = {
  list: latePart(() => import('./list-view').then((module) => module.ListView)),
  timeline: latePart(() => import('./timeline-view').then((module) => module.TimelineView)),
  calendar: latePart(() => import('./calendar-view').then((module) => module.CalendarView)),
}

/** The view the address asks for. All but the board come when they are asked for. */
export function ShownView({ board }: { board: ReactNode }) {
  const { view, show } = useView()
  const live = useBoardPart((state) => state.live)
  const part = parts[view]
  if (!part) return board
  return (
    <div className="other-view" data-view={view} data-live={live}>
      <Late key={view} part={part} missed={() => show('board')}>
        {(View) => <View />}
      </Late>
    </div>
  )
}

/** Asks for the script of a view a moment before it is chosen. */
export const warmView = (view: ViewName): void => parts[view]?.warm()
