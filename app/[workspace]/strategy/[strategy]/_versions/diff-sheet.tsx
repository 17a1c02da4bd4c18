import { Avatar } from '@/app/_ui/avatar'
import type { ChapterView, DiffView, Note, Passage } from '@/lib/document/diff/passages'
import { comma } from '@/lib/domain/comma'
import { whoOf } from '@/lib/domain/who'
import type { Face } from '@/lib/queries/versions'
import { type ActsOnPassage, PassageActs } from './passage-acts'
import { type Clockwork, whenWords } from './when'

interface Props {
  readonly view: DiffView
  readonly faces: ReadonlyMap<string, Face>
  readonly clock: Clockwork
  readonly shape: 'text' | 'side'
  /** The language the strategy is written in. */
  readonly lang: string
  readonly me: string
  /** What may be done about a passage; left out where two drafts are compared. */
  readonly acts?: ActsOnPassage
}

/** A dialog quotes no more than this. */
const QUOTED = 240
const cut = (words: string) => (words.length > QUOTED ? `${words.slice(0, QUOTED - 1)}…` : words)

/** The chapters of a comparison, changed passages with who changed them in the margin, the rest folded. */
export function DiffChapters(props: Props & { readonly only?: 'policy' }) {
  const { clock, view } = props
  const { t } = clock
  return view.chapters
    .filter(({ root }) => !props.only || root === props.only)
    .map((chapter) =>
      chapter.changed ? (
        <section key={chapter.root}>
          <h2>{t(`versions.chapter_${chapter.root}`)}</h2>
          {chapter.passages.map((passage, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, never reordered
            <PassageOf key={i} passage={passage} {...props} />
          ))}
        </section>
      ) : (
        chapter.blocks > 0 && <Unchanged key={chapter.root} chapter={chapter} {...props} />
      ),
    )
}

function Unchanged({ chapter, clock: { t }, lang }: Props & { readonly chapter: ChapterView }) {
  const html = chapter.passages.map((passage) => (passage.kind === 'changed' ? passage.after : passage.html))
  return (
    <details className="same">
      <summary>
        <span>{t('versions.chapter_same', { chapter: t(`versions.chapter_${chapter.root}`) })}</span>
      </summary>
      <Text html={html.join('')} lang={lang} />
    </details>
  )
}

function PassageOf(props: Props & { readonly passage: Passage }) {
  const { passage, shape, lang, clock, acts } = props
  switch (passage.kind) {
    case 'same':
      return (
        <details className="same">
          <summary>
            <span>{clock.t('versions.blocks_same', { n: passage.blocks })}</span>
          </summary>
          <Text html={passage.html} lang={lang} />
        </details>
      )
    case 'heading':
      return <Text html={passage.html} lang={lang} />
    case 'changed': {
      const [first] = passage.notes
      return (
        <div
          className={passage.positioning ? 'ed pol' : 'ed'}
          data-who={first?.userId ? whoOf(first.userId) : undefined}
          style={{ '--notes': passage.notes.length } as React.CSSProperties}
        >
          {shape === 'side' ? (
            <div className="two">
              <Text html={passage.before} lang={lang} big={passage.positioning} />
              <Text html={passage.after} lang={lang} big={passage.positioning} />
            </div>
          ) : (
            <Text html={passage.html} lang={lang} big={passage.positioning} />
          )}
          <div className="bys">
            {passage.notes.map((note) => (
              <NoteOf key={note.userId ?? ''} note={note} {...props} />
            ))}
            {acts && (acts.mayPutBack || acts.mayAsk) && (
              <PassageActs
                {...acts}
                changes={passage.names}
                removed={cut(passage.said.removed)}
                added={cut(passage.said.added)}
                lang={lang}
              />
            )}
          </div>
        </div>
      )
    }
  }
}

function NoteOf({ note, faces, clock, me }: Props & { readonly note: Note }) {
  const { t } = clock
  const face = note.userId ? faces.get(note.userId) : undefined
  const did = [
    note.added > 0 ? t('versions.note_added', { n: note.added }) : '',
    note.removed > 0 ? t('versions.note_removed', { n: note.removed }) : '',
    note.moved ? t('versions.note_moved') : '',
    note.restyled && note.added + note.removed === 0 ? t('versions.note_restyled') : '',
  ].filter((part) => part !== '')
  const name = face ? (face.id === me ? t('versions.you_named', { name: face.name }) : face.name) : null
  return (
    <aside className="by" data-who={note.userId ? whoOf(note.userId) : undefined}>
      {face && <Avatar {...face} size="sm" />}
      <span>
        {name && <b>{name}</b>}
        <small>
          {[note.at === null ? '' : whenWords(clock, note.at), ...did]
            .filter((part) => part !== '')
            .join(comma(clock.language))}
        </small>
      </span>
    </aside>
  )
}

function Text({ html, lang, big = false }: { html: string; lang: string; big?: boolean }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written by lib/document/diff/html.ts, which believes nothing
  return <div className={big ? 'text big' : 'text'} lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
}
