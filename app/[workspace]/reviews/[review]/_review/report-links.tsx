import type { Given } from './given'

const formats = { pdf: 'PDF', docx: 'Word', md: 'Markdown' } as const

/** The review as a file for whoever was not there. PDF only where a browser makes it. */
export function ReportLinks({ it, t, pdf }: Pick<Given, 'it' | 't'> & { pdf: boolean }) {
  return (
    <p className="row wrap report">
      <span className="quiet">{t('report.take')}</span>
      {(['pdf', 'docx', 'md'] as const)
        .filter((format) => format !== 'pdf' || pdf)
        .map((format) => (
          <a
            key={format}
            className="btn sm"
            href={`/${it.slug}/reviews/${it.review.id}/export/${format}`}
            download
          >
            {formats[format]}
          </a>
        ))}
    </p>
  )
}
