import { Link as TiptapLink } from '@tiptap/extension-link'
import { safeHref } from '../links'
import { localOnly } from './local-only'

/** What every link carries; the page it opens learns nothing of ours and search engines take no advice from us. */
export const LINK_ATTRIBUTES = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const

/**
 * Only the address lies in the document: a class or target would be a stranger's to choose. An address that is
 * not http, https or mailto leaves the words and no link.
 */
export const Link = TiptapLink.extend({
  addAttributes() {
    return { href: { default: null } }
  },

  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: (element) => {
          const href = safeHref(element.getAttribute('href'))
          return href === null ? false : { href }
        },
      },
    ]
  },

  renderHTML({ mark }) {
    const href = safeHref(mark.attrs.href)
    if (href === null) return ['span', { class: 'inert' }, 0]
    return ['a', { href, ...LINK_ATTRIBUTES }, 0]
  },

  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map(localOnly)
  },
}).configure({
  openOnClick: false,
  defaultProtocol: 'https',
  isAllowedUri: (url) => safeHref(/^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`) !== null,
})
