'use client'
import { useEffect } from 'react'

/** Goes to what the address names once it is there: a part that comes after its page was not, when the browser looked. */
export function AtTarget() {
  useEffect(() => {
    // Whoever has scrolled meanwhile, or is there already, stays.
    if (window.location.hash === '' || window.scrollY > 0) return
    document.getElementById(decodeURIComponent(window.location.hash.slice(1)))?.scrollIntoView()
  }, [])
  return null
}
