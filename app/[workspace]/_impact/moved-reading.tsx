'use client'
import { useEffect } from 'react'
import { IMPACTS_EVENT } from '../_shell/live'
import { readMoved } from './moved-store'

/** Reads which cards carry the question once the board is at rest, and again when the house says so. */
export function MovedReading({ slug }: { slug: string }) {
  useEffect(() => {
    const read = () => void readMoved(slug)
    const timer = setTimeout(read, 600)
    document.addEventListener(IMPACTS_EVENT, read)
    return () => {
      clearTimeout(timer)
      document.removeEventListener(IMPACTS_EVENT, read)
    }
  }, [slug])
  return null
}
