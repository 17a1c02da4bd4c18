'use client'
import { useState } from 'react'
import { rescueTyping } from '@/lib/document/rescue'
import { BubbleMenu } from './bubble-menu'
import { FindPanel } from './find-panel'
import { Menus } from './menus'
import type { Session } from './session'
import { SlashMenuList } from './slash-menu'
import { TableBar } from './table-bar'

function Tools({ session, choosing }: { session: Session; choosing: boolean }) {
  const [menus] = useState(() => session.begun({ Menus, rescueTyping }))
  return (
    <>
      <BubbleMenu session={session} menus={menus} choosing={choosing} />
      <TableBar session={session} menus={menus} />
      <SlashMenuList menus={menus} />
    </>
  )
}

export const parts = { find: FindPanel, tools: Tools }
