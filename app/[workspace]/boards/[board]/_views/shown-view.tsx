'use client'
import dynamic from 'next/dynamic'
import { Component, type ReactNode, useState } from 'react'
import { Late, type LatePart, latePart } from '@/app/_ui/late'
import { useBoardPart } from '../_board/use-board'
import { useView, type ViewName } from './use-filter'

const loadList = () => import('./list-view').then((module) => module.ListView)

const parts: Readonly<Partial<Record<ViewName, LatePart<() => ReactNode>>>> = {
  list: latePart(loadList),
  timeline: latePart(() => import('./timeline-view').then((module) => module.TimelineView)),
  calendar: latePart(() => import('./calendar-view').then((module) => module.CalendarView)),
}

/** The list as the server draws it for who opens its address: read before any script, which is sent with the page. */
const DrawnList = dynamic(loadList)

/** The view the address asks for. All but the board come when they are asked for. */
export function ShownView({ board }: { board: ReactNode }) {
  const { view, show } = useView()
  const live = useBoardPart((state) => state.live)
  const [first] = useState(view)
  const part = parts[view]
  if (!part) return board
  const late = (
    <Late key={view} part={part} missed={() => show('board')}>
      {(View) => <View />}
    </Late>
  )
  return (
    <div className="other-view" data-view={view} data-live={live}>
      {view === 'list' && first === 'list' ? (
        <Otherwise say={late}>
          <DrawnList />
        </Otherwise>
      ) : (
        late
      )}
    </div>
  )
}

/** Asks for the script of a view a moment before it is chosen. */
export const warmView = (view: ViewName): void => parts[view]?.warm()

/** Where the script of what the server drew could not be had, it is asked for again, and missed in words. */
class Otherwise extends Component<{ say: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.say : this.props.children
  }
}
