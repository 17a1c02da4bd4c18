'use client'
import { type DragEvent, useRef, useState } from 'react'
import { formatBytes } from '@/app/_i18n/time'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { sendFile } from '@/app/_ui/send-file'
import type { Attachment } from '@/lib/domain/attachment'
import { newId } from '@/lib/kit/ids'
import { usePanel } from './use-panel'

interface Sending {
  readonly key: string
  readonly name: string
  /** Why it was not taken. */
  readonly failed: string | null
}

/** What is attached: sent by choosing or dropping, opened or downloaded by name, taken off with a way back. */
export function Files() {
  const t = useWords()
  const { data, store, acts, mayEdit } = usePanel()
  const { files, may, slug, activity } = data
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [over, setOver] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const mayAttach = mayEdit && may.attach

  const send = async (chosen: readonly File[]) => {
    // One after the other: each is shown as soon as it is there, and none waits for a large neighbour's bytes twice.
    const queue = chosen.map((file) => ({ file, key: newId('fil') }))
    setSending((now) => [
      ...now.filter(({ failed }) => failed === null),
      ...queue.map(({ file, key }) => ({ key, name: file.name, failed: null })),
    ])
    for (const { file, key } of queue) {
      const answer = await sendFile<{ readonly undo: string | null }>(
        `/api/workspaces/${slug}/activities/${activity.id}/files`,
        file,
        t('common.no_answer'),
      )
      if (answer.ok) {
        acts.say(t('activity.said_attached', { name: file.name }), answer.value.undo)
        await store.load()
      }
      setSending((now) =>
        answer.ok
          ? now.filter((one) => one.key !== key)
          : now.map((one) => (one.key === key ? { ...one, failed: answer.message } : one)),
      )
    }
  }
  const drop = (event: DragEvent) => {
    const dropped = [...event.dataTransfer.files]
    if (!mayAttach || dropped.length === 0) return
    event.preventDefault()
    setOver(false)
    void send(dropped)
  }
  if (files.length === 0 && !mayAttach && sending.length === 0) return null
  return (
    <section
      className="part files"
      aria-label={t('activity.files')}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!mayAttach || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h3>
        {t('activity.files')}
        {files.length > 0 && <span className="num">{files.length}</span>}
      </h3>
      {(files.length > 0 || sending.length > 0) && (
        <ul>
          {files.map((file) => (
            <FileRow key={file.id} file={file} remove={mayAttach ? () => void acts.detach(file) : null} />
          ))}
          {sending.map(({ key, name, failed }) => (
            <li key={key}>
              <span className="grow">{name}</span>
              {failed === null ? (
                <span className="quiet" role="status">
                  {t('activity.file_sending')}
                </span>
              ) : (
                <>
                  <span className="error" role="alert">
                    {failed}
                  </span>
                  <Button
                    size="sm"
                    look="plain"
                    icon
                    aria-label={t('common.dismiss')}
                    onClick={() => setSending((now) => now.filter((one) => one.key !== key))}
                  >
                    <Icon name="x" />
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayAttach && (
        <>
          <input
            ref={field}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              void send([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
          <button type="button" className="add-link" onClick={() => field.current?.click()}>
            <Icon name="plus" />
            {t('activity.attach')}
          </button>
        </>
      )}
    </section>
  )
}

function FileRow({ file, remove }: { file: Attachment; remove: (() => void) | null }) {
  const t = useWords()
  const { names } = usePanel()
  const [shown, setShown] = useState(true)
  const address = `/files/${file.id}`
  return (
    <li>
      {file.picture && shown && (
        // biome-ignore lint/performance/noImgElement: a picture of ours, behind a permission of its own
        <img src={address} alt="" width={32} height={32} loading="lazy" onError={() => setShown(false)} />
      )}
      <a
        className="grow"
        href={address}
        {...(file.picture ? { target: '_blank', rel: 'noopener' } : { download: file.name })}
      >
        {file.name}
      </a>
      <span className="quiet num" title={names.person(file.by)}>
        {formatBytes(names.language, file.size)}
      </span>
      {remove && (
        <Button
          size="sm"
          look="plain"
          icon
          aria-label={t('activity.detach', { name: file.name })}
          title={t('activity.detach_short')}
          onClick={remove}
        >
          <Icon name="x" />
        </Button>
      )}
    </li>
  )
}
