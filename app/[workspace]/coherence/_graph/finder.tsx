'use client'
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Input } from '@/app/_ui/field'
import { keyName } from '@/app/_ui/keys'
import type { GraphNode } from '@/lib/domain/coherence/graph'
import { finds } from '../../boards/[board]/_views/finds'
import { nameOf } from './names'

const MOST = 9

/** Any point by its words, in pinyin or by its initials. */
export function Finder({
  nodes,
  choose,
  close,
}: {
  nodes: readonly GraphNode[]
  choose: (id: string) => void
  close: () => void
}) {
  const t = useWords()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const query = useDeferredValue(typed)
  const points = useMemo(
    () =>
      nodes.filter(({ station }) => station !== 'verdict').map((node) => ({ node, name: nameOf(node, t) })),
    [nodes, t],
  )
  const found = useMemo(
    () => (query.trim() === '' ? [] : points.filter(({ name }) => finds(query, [name]))),
    [points, query],
  )
  const shown = found.slice(0, MOST)
  useEffect(() => field.current?.focus(), [])
  return (
    <div className="tl-finder menu">
      <Input
        ref={field}
        type="search"
        role="combobox"
        aria-label={t('coherence.ui_find')}
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
        placeholder={t('coherence.ui_find_hint')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          const key = keyName(event)
          const chosen = shown[at]
          if (key === 'Escape') close()
          else if (key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1))
          else if (key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (key === 'Enter' && chosen) choose(chosen.node.id)
          else return
          event.preventDefault()
        }}
      />
      <div role="listbox" id={id} aria-label={t('coherence.ui_find')}>
        {shown.map(({ node, name }, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
          <div
            key={node.id}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onClick={() => choose(node.id)}
          >
            <span className="grow">{name}</span>
            <span className="hint">{t(`coherence.ui_station_${node.station}`)}</span>
          </div>
        ))}
      </div>
      {query.trim() !== '' && (
        <p className="cap" aria-live="polite">
          {t('coherence.ui_found', { n: found.length })}
        </p>
      )}
    </div>
  )
}
