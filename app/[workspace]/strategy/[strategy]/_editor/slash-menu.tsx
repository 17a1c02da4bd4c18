'use client'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Say } from '@/app/_i18n/say'
import { useWords } from '@/app/_i18n/words-provider'
import { float } from './float'
import type { Menus, SlashMenu } from './menus'
import { isItemId, type SlashId } from './slash/items'
import { useStore } from './use-store'

/** Caption, foot and margins of the menu, pixels. */
const AROUND = 96
/** Less room than this below the line shows fewer than three items. */
const LEAST = 240

/** The list under a `/` or `、`. The caret stays in the text; the list only shows what Enter would insert. */
export function SlashMenuList({ menus }: { menus: Menus }) {
  const menu = useStore(menus.slash, null)
  return menu ? <List menus={menus} menu={menu} /> : null
}

function List({ menus, menu }: { menus: Menus; menu: SlashMenu }) {
  const t = useWords()
  const panel = useRef<HTMLDivElement>(null)
  const { box, items, selected, query } = menu
  const chosen = items[selected]

  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    // Rather a short list below the line than a long one over what one has just written.
    const below = (window.visualViewport?.height ?? window.innerHeight) - box.bottom
    element.style.setProperty('--room', below >= LEAST ? `${Math.round(below - AROUND)}px` : '46vh')
    float(element, box, 'below', 'start')
  }, [box])

  useEffect(() => {
    panel.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  return (
    <>
      <div
        ref={panel}
        className="menu slash-menu"
        // The text keeps the focus, and with it the keyboard of a phone.
        onPointerDown={(event) => event.preventDefault()}
      >
        <div className="cap">
          {query === '' ? t('editor.insert') : t('editor.insert_filtered', { query })}
        </div>
        {items.length === 0 && <p className="cap">{t('editor.insert_none')}</p>}
        <div role="listbox" aria-label={t('editor.insert')} tabIndex={-1}>
          {items.map((item, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard in the text
            <div
              key={item.id}
              role="option"
              tabIndex={-1}
              aria-selected={i === selected}
              onPointerMove={() => menus.pointSlash(i)}
              onClick={() => menus.chooseSlash(i)}
            >
              <i aria-hidden="true" className={`sign sign-${item.icon}`} />
              <span>
                {nameOf(item.id, t)}
                <span className="sub">
                  {isItemId(item.id) ? t(`items.slash_${item.id}_help`) : t(`editor.slash_${item.id}_help`)}
                </span>
              </span>
              {item.hint && <span className="hint">{item.hint}</span>}
            </div>
          ))}
        </div>
        <div className="foot">
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {t('editor.key_choose')}
          </span>
          <span>
            <kbd>↵</kbd> {t('editor.key_insert')}
          </span>
          <span>
            <kbd>esc</kbd> {t('editor.key_leave')}
          </span>
        </div>
      </div>
      <span className="vh" role="status">
        {t('editor.insert_status', { n: items.length, name: chosen ? nameOf(chosen.id, t) : '' })}
      </span>
    </>
  )
}

const nameOf = (id: SlashId, t: Say) => (isItemId(id) ? t(`items.kind_${id}`) : t(`editor.slash_${id}`))
