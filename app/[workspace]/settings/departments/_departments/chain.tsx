'use client'
import { useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { useAct } from '../../_parts/use-act'
import { moveDepartment } from '../../actions'
import { ChainRow, type DepartmentOfChain } from './chain-row'
import type { Person } from './staff'

export interface ChainLink extends DepartmentOfChain {
  readonly leads: readonly Person[]
  readonly members: readonly Person[]
}

/** The departments in their order. A moved one is in its new place at once; the server's word comes after. */
export function Chain({
  workspace,
  links,
  people,
  mayUpdate,
  mayArchive,
}: {
  workspace: string
  /** As the server has them. */
  links: readonly ChainLink[]
  people: readonly Person[]
  mayUpdate: boolean
  mayArchive: boolean
}) {
  const t = useWords()
  const act = useAct()
  const server = links.map((link) => link.id).join(' ')
  // Our guess holds while moves are on their way - quick presses count on from what is seen, not from what an
  // earlier one brings back - and then until the next news from the server.
  const [guess, setGuess] = useState({ on: server, order: server })
  const [underWay, setUnderWay] = useState(0)
  const order = (underWay > 0 || guess.on === server ? guess.order : server).split(' ')
  const latest = useRef(server)
  latest.current = server
  const shown = order.flatMap((id) => links.find((link) => link.id === id) ?? [])

  const list = useRef<HTMLOListElement>(null)
  const held = useRef<Element | null>(null)
  const drawn = order.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that is moved in the page loses the focus
  useLayoutEffect(() => {
    const element = held.current
    held.current = null
    if (element instanceof HTMLElement && element.isConnected) element.focus()
  }, [drawn])

  const move = async (link: ChainLink, by: -1 | 1) => {
    const from = order.indexOf(link.id)
    const to = from + by
    if (to < 0 || to >= order.length) return
    const others = order.filter((id) => id !== link.id)
    const next = others.toSpliced(to, 0, link.id)
    held.current = document.activeElement
    setGuess({ on: server, order: next.join(' ') })
    setUnderWay((n) => n + 1)
    const done = await act(
      moveDepartment,
      { workspace, departmentId: link.id, after: others[to - 1] ?? null },
      t('people.dep_moved', { department: link.name, n: to + 1, total: order.length }),
    )
    setUnderWay((n) => n - 1)
    setGuess((last) => ({ on: latest.current, order: done ? last.order : latest.current }))
  }
  return (
    <ol className="chain" ref={list} tabIndex={-1}>
      {shown.map((link, i) => (
        <ChainRow
          key={link.id}
          workspace={workspace}
          department={link}
          leads={link.leads}
          members={link.members}
          people={people}
          first={i === 0}
          last={i === shown.length - 1}
          move={(by) => void move(link, by)}
          gone={() => list.current?.focus()}
          mayUpdate={mayUpdate}
          mayArchive={mayArchive && shown.length > 1}
        />
      ))}
    </ol>
  )
}
