/** The mark of Throughline: a seal with the line drawn through it. */
export function Glyph({ className }: { className?: string }) {
  return (
    <svg className={className ? `glyph ${className}` : 'glyph'} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 0v24" stroke="currentColor" strokeWidth="1.5" />
      <rect x="4" y="5" width="16" height="14" rx="1.5" fill="currentColor" />
      <path
        d="M12 5v14M7.5 8.5 12 10.6l4.5-2.1M7.5 13 12 15.1 16.5 13"
        stroke="var(--page)"
        strokeWidth="1.3"
        fill="none"
      />
    </svg>
  )
}
