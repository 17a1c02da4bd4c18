'use client'
import { useEffect } from 'react'
import { rescueTyping } from '@/lib/document/rescue'
import { BubbleMenu } from './bubble-menu'
import { FindPanel } from './find-panel'
import type { Session } from './session'
import { chooser } from './slash/chooser'
import { SlashMenuList } from './slash-menu'
import { TableBar } from './table-bar'

function Tools({ session, choosing }: { session: Session; choosing: boolean }) {
  useEffect(() => {
    session.begun({ chooser, rescueTyping })
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
