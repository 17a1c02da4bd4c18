import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { expect, it, vi } from 'vitest'
import { latePlugin, pasteLater } from './late-plugin'

const touch = (plugin: Plugin) => {
  const focus = plugin.props.handleDOMEvents?.focus
  return focus?.call(plugin, {} as EditorView, {} as FocusEvent)
}

it('asks with the first touch, once, and then does what the other does', async () => {
  const load = vi.fn(async () => new Plugin({ props: { handleClick: () => true } }))
  const plugin = latePlugin(load)
  expect(load).not.toHaveBeenCalled()
  expect(touch(plugin)).toBe(false)
  touch(plugin)
  await vi.waitFor(() => expect(plugin.props.handleClick).toBeDefined())
  expect(load).toHaveBeenCalledTimes(1)
})

it('asks again after a failure', async () => {
  const load = vi
    .fn<() => Promise<Plugin>>()
    .mockRejectedValueOnce(new Error('away'))
    .mockResolvedValue(new Plugin({ props: { handleClick: () => true } }))
  const plugin = latePlugin(load)
  touch(plugin)
  await vi.waitFor(() => {
    touch(plugin)
    expect(plugin.props.handleClick).toBeDefined()
  })
  expect(load).toHaveBeenCalledTimes(2)
})

it('has ways of its own until then', async () => {
  const asked = vi.fn()
  const plugin = latePlugin(
    async () => new Plugin({ props: { handlePaste: () => false } }),
    (ask) => ({
      handlePaste: () => {
        asked()
        void ask()
        return true
      },
    }),
  )
  const paste = () =>
    plugin.props.handlePaste?.call(plugin, {} as EditorView, {} as ClipboardEvent, {} as never)
  expect(paste()).toBe(true)
  await vi.waitFor(() => expect(paste()).toBe(false))
})

const pasted = (data: Readonly<Record<string, string>>) => ({
  clipboardData: { getData: (type: string) => data[type] ?? '' },
})

it('pastes again when it is known how, and words alone when it never will be', async () => {
  const view = { isDestroyed: false, pasteHTML: vi.fn(), pasteText: vi.fn() }
  expect(pasteLater(view, pasted({}), Promise.resolve())).toBe(false)
  expect(pasteLater(view, pasted({ 'text/html': '<b>a</b>', 'text/plain': 'a' }), Promise.resolve())).toBe(
    true,
  )
  await vi.waitFor(() => expect(view.pasteHTML).toHaveBeenCalledWith('<b>a</b>'))
  pasteLater(view, pasted({ 'text/html': '<b>b</b>', 'text/plain': 'b' }), Promise.reject(new Error('away')))
  await vi.waitFor(() => expect(view.pasteText).toHaveBeenCalledWith('b'))
  expect(view.pasteHTML).toHaveBeenCalledTimes(1)
})
