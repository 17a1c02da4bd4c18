'use client'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Icon } from '@/app/_ui/icon'
import { swallowComposingEnter } from '@/app/_ui/keys'
import { type Label, type LabelTone, labelTones, MAX_LABEL } from '@/lib/domain/label'
import { useFacts } from './facts'
import { useBoard, useBoardStore } from './use-board'

/** The labels of the workspace: a name and a hue each. */
export function LabelsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const { labels } = useBoard()
  const [name, setName] = useState('')
  const [tone, setTone] = useState<LabelTone>('blue')
  return (
    <Dialog open onClose={onClose} title={t('boards.labels')}>
      <p className="quiet">{t('boards.labels_text')}</p>
      <ul className="label-rows">
        {labels.map((label) => (
          <LabelRow key={`${label.id} ${label.revision}`} label={label} />
        ))}
      </ul>
      <form
        className="label-new"
        onKeyDown={swallowComposingEnter}
        onSubmit={async (event) => {
          event.preventDefault()
          if (await store.label({ do: 'add', name, tone })) setName('')
        }}
      >
        <Tone value={tone} onChange={setTone} label={t('boards.label_tone_new')} />
        <input
          className="input"
          aria-label={t('boards.label_new')}
          placeholder={t('boards.label_new')}
          maxLength={MAX_LABEL}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit">{t('boards.add')}</Button>
      </form>
    </Dialog>
  )
}

function LabelRow({ label }: { label: Label }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const [name, setName] = useState(label.name)
  const keep = async () => {
    if (name.trim() === '' || name === label.name) return setName(label.name)
    if (!(await store.label({ do: 'set', labelId: label.id, name }))) setName(label.name)
  }
  return (
    <li>
      <Tone
        value={label.tone}
        label={t('boards.label_tone', { name: label.name })}
        onChange={(tone) => void store.label({ do: 'set', labelId: label.id, tone })}
      />
      <form
        onKeyDown={swallowComposingEnter}
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <input
          className="input"
          aria-label={t('boards.label_name', { name: label.name })}
          maxLength={MAX_LABEL}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => void keep()}
        />
      </form>
      <Button
        look="plain"
        icon
        aria-label={t('boards.label_remove', { name: label.name })}
        onClick={() => void store.label({ do: 'remove', labelId: label.id })}
      >
        <Icon name="x" />
      </Button>
    </li>
  )
}

function Tone({
  value,
  label,
  onChange,
}: {
  value: LabelTone
  label: string
  onChange: (tone: LabelTone) => void
}) {
  const { t } = useFacts()
  return (
    <span className="tone lbl" data-tone={value}>
      <select
        className="input"
        aria-label={label}
        value={value}
        onChange={(event) => {
          const tone = labelTones.find((one) => one === event.target.value)
          if (tone) onChange(tone)
        }}
      >
        {labelTones.map((tone) => (
          <option key={tone} value={tone}>
            {t(`boards.tone_${tone}`)}
          </option>
        ))}
      </select>
    </span>
  )
}
