'use client'
import { useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Late, latePart } from '@/app/_ui/late'

const report = latePart(() => import('./import-report').then((module) => module.ImportReport))

/** A file becomes a strategy in two steps: first it is said what would be there and what not, then it is made. */
export function ImportFile({ workspace }: { workspace: string }) {
  const t = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [reading, setReading] = useState(false)
  const close = () => {
    setFile(null)
    setReading(false)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".md,.markdown,.txt,.docx,.json"
        className="vh"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (!chosen) return
          setFile(chosen)
          setReading(true)
        }}
      />
      <Button busy={reading} onPointerEnter={report.warm} onClick={() => input.current?.click()}>
        {reading ? t('exchange.import_busy') : t('exchange.import')}
      </Button>
      {file && (
        <Late part={report} missed={close}>
          {(ImportReport) => <ImportReport {...{ workspace, file, close }} read={() => setReading(false)} />}
        </Late>
      )}
    </>
  )
}
