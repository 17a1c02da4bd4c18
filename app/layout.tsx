import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { localeOf } from './_i18n/locale'
import { getLanguage, Words } from './_i18n/words'
import { readTheme } from './_server/appearance'
import { SoftLinks } from './_ui/soft-links'
import { Toasts } from './_ui/toast'
import './globals.css'

// No title: each page says its own, in the reader's language, after permission was asked (<PageTitle>).
export const metadata: Metadata = {
  // A strategy is nobody else's business, and a telephone number in it is not a link.
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, date: false, address: false, email: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#FCFDFB' },
    { media: '(prefers-color-scheme: dark)', color: '#14181A' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [language, theme] = await Promise.all([getLanguage(), readTheme()])
  return (
    <html lang={localeOf(language)} data-theme={theme ?? undefined}>
      <body>
        <Words of={['common']}>
          {children}
          <Toasts />
          <SoftLinks />
        </Words>
      </body>
    </html>
  )
}
