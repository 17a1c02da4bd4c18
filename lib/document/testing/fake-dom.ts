/** As much of a document as ProseMirror's DOMSerializer touches, so that its output can be compared as a string. */
interface FakeNode {
  readonly nodeType: number
  html(): string
}

const VOID = new Set(['br', 'hr', 'img', 'input'])

class FakeElement implements FakeNode {
  readonly nodeType: number = 1
  readonly children: FakeNode[] = []
  readonly attributes = new Map<string, string>()
  constructor(readonly name: string) {}

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value))
  }

  appendChild<T extends FakeNode>(child: T): T {
    if (child instanceof FakeElement && child.name === '') this.children.push(...child.children)
    else this.children.push(child)
    return child
  }

  html(): string {
    const inside = this.children.map((child) => child.html()).join('')
    if (this.name === '') return inside
    const attributes = [...this.attributes]
      .map(
        ([name, value]) =>
          ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;')}"`,
      )
      .join('')
    return VOID.has(this.name)
      ? `<${this.name}${attributes}>`
      : `<${this.name}${attributes}>${inside}</${this.name}>`
  }
}

class FakeText implements FakeNode {
  readonly nodeType = 3
  constructor(readonly text: string) {}
  html(): string {
    return this.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  }
}

export const fakeDocument = {
  createElement: (name: string) => new FakeElement(name),
  createTextNode: (text: string) => new FakeText(text),
  createDocumentFragment: () => new FakeElement(''),
}

export function htmlOf(fragment: unknown): string {
  return fragment instanceof FakeElement ? fragment.html() : ''
}
