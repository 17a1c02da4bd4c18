/** What a check box is called for those who hear the page: its own first line, in whatever language that is. */
export function taskLabel(text: string): string {
  return text.trim().slice(0, 200) || '…'
}
