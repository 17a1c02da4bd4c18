/** The key that does the same, shown beside the words. Silent: who hears the page is told of keys by the sheet. */
export function Key({ children }: { children: string }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd cannot be focused
  return <kbd aria-hidden="true">{children}</kbd>
}
