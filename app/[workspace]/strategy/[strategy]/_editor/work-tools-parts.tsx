'use client'
import { useEffect } from 'react'
import { BubbleMenu } from './bubble-menu'
import { FindPanel } from './find-panel'
import type { Session } from './session'
import { SlashMenuList } from './slash-menu'
import { TableBar } from './table-bar'

function Tools({ session, choosing }: { session: Session; choosing: boolean }) {
  useEffect(() => {
    session.menus.shown = true
  }, [session])
  return (
    <>
      <BubbleMenu session={session} choosing={choosing} />
      <TableBar session={session} />
      <SlashMenuList session={session} />
    </>
  )
}

export const parts = { find: FindPanel, tools: Tools }
