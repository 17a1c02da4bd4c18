'use client'
import './globals.css'

/** Even the frame failed, so neither language nor theme is known: both languages, and the system's theme. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Throughline 纲举</title>
        <main className="lost">
          <h1>This page could not be shown.</h1>
          <p>A fault on the server, not yours. Nothing you wrote was lost.</p>
          <p lang="zh-Hans">页面无法显示。服务器出了问题，与您的操作无关，您写下的内容没有丢失。</p>
          <div className="row wrap">
            <button type="button" className="btn ink" onClick={reset}>
              Try again · <span lang="zh-Hans">重试</span>
            </button>
          </div>
        </main>
      </body>
    </html>
  )
}
