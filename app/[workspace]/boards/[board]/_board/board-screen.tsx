'use client'
import type { ReactNode } from 'react'
import { MovedReading } from '../../../_impact/moved-reading'
import { TrayLayer } from '../_tray/tray'
import { FilterBar } from '../_views/filter-bar'
import { ShownView } from '../_views/shown-view'
import { BoardHead } from './board-head'
import { BoardProvider, type SentBoard } from './board-provider'
import { BoardSwitcher } from './board-switcher'
import { BoardFrame, BoardView } from './board-view'
import { CardMenu } from './card-menu'
import { LiveState } from './live-state'

/** A department's board: the other boards, whose it is and what for, and its cards. */
export function BoardScreen({
  page,
  workspace,
  zone,
  children,
}: {
  page: SentBoard
  workspace: string
  zone: string
  /** The panel beside the board. */
  children: ReactNode
}) {
  return (
    <BoardProvider page={page} workspace={workspace}>
      <BoardFrame>
        <BoardSwitcher />
        <div className="board-shell" data-dept={page.board.kind ?? 'other'} data-zone={zone}>
          <main className="board-main" id="main" tabIndex={-1}>
            <BoardHead />
            <LiveState />
            <MovedReading slug={page.slug} />
            <FilterBar />
            <ShownView board={<BoardView />} />
            <CardMenu />
          </main>
          {children}
          <TrayLayer />
        </div>
      </BoardFrame>
    </BoardProvider>
  )
}
