'use client'
import { type Ref, useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import type { TextRoot } from '@/lib/document/roots'
import type { Language } from '@/lib/domain/language'
import { type Texts, textOf } from './texts'

/** An empty root is drawn as the one empty line the editor will show in its place. */
const EMPTY_LINE = '<p><br class="ProseMirror-trailingBreak"></p>'

/**
 * The text as the server drew it, until the editor takes the same element over. React must never write into it
 * again: a refreshed page brings newer text along, and setting it here would look to the editor like a deletion.
 */
export function ChapterText({
  root,
  drawn,
  texts,
  language,
  prompt,
  ref,
}: {
  root: TextRoot
  /** The name under which the server keeps the texts while it draws. */
  drawn: string
  /** The texts themselves, where the page came as data only. */
  texts: Texts | null
  language: Language
  /** Shown in the empty line; null for those who only read. */
  prompt: string | null
  ref: Ref<HTMLDivElement>
}) {
  const [first] = useState(() => ({ __html: (texts ? texts[root] : textOf(drawn, root)) || EMPTY_LINE }))
  return (
    <div
      ref={ref}
      className="text ProseMirror"
      lang={localeOf(language)}
      data-prompt={prompt ?? undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by lib/document/render, which believes nothing it reads
      dangerouslySetInnerHTML={first}
    />
  )
}
