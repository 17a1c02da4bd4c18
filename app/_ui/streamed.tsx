import { type ReactNode, Suspense } from 'react'
import { AtTarget } from './at-target'

/**
 * What a page says at once, and its heavy part, which takes the whole place of it when it is there.
 * @param frame the page's heading and the shape of what comes
 * @param children draws the part; by `later` of app/_server, for what goes wrong in it
 */
export function Streamed({ frame, children }: { frame: ReactNode; children: () => Promise<ReactNode> }) {
  return (
    <Suspense
      fallback={
        <div className="coming">
          {frame}
          {/* The framework puts the part in its place with a script; a page without any shows it where it was sent. */}
          <noscript>
            <style>{'.coming{display:none}div[hidden][id^="S:"]{display:block}'}</style>
          </noscript>
        </div>
      }
    >
      <Part draw={children} />
    </Suspense>
  )
}

async function Part({ draw }: { draw: () => Promise<ReactNode> }) {
  return (
    <>
      {await draw()}
      <AtTarget />
    </>
  )
}
