import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import './share.css'

// The address is the key: it must not be told to wherever a link on these pages leads, nor found by anybody.
export const metadata: Metadata = {
  referrer: 'no-referrer',
  robots: { index: false, follow: false, noarchive: true },
}

export default function SharedFrame({ children }: { children: ReactNode }) {
  return <div className="shared">{children}</div>
}
