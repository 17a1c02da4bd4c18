import type { Finding } from './finding'
import { directive, isTest, type SourceFile } from './source-files'

/**
 * Everything of app that a stranger can call - pages, route handlers, server actions - goes through the wrapper
 * of app/_server that asks for permission first, and names what it asks for: an entry of the permission table
 * or one of the doors.
 */
export function checkDoors(files: SourceFile[], names: ReadonlySet<string>): Finding[] {
  const rooms = files.filter(
    ({ file }) => file.startsWith('app/') && !file.startsWith('app/_server/') && !isTest(file),
  )
  return rooms.flatMap(({ file, text }) => {
    const found = new Exports(file, text, names)
    const base = file.slice(file.lastIndexOf('/') + 1)
    if (/^(page|layout|template|default)\.tsx?$/.test(base)) checkPage(found, base)
    if (/^route\.tsx?$/.test(base)) checkRoute(found)
    if (directive(text) === 'server') checkActions(found)
    else
      found.forbid(
        /^[ \t]+(['"])use server\1/gm,
        "'use server' stands on top of a file, where its exports are checked.",
      )
    return found.findings
  })
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function checkPage(found: Exports, base: string): void {
  found.forbid(
    /^export (?:async )?(?:function|const) generate(?:Metadata|StaticParams|Viewport)\b/gm,
    'runs before the page asks for permission; let the page render its title.',
  )
  // A layout without data needs no door: it cannot get at any, because the context comes from a wrapper only.
  if (base.startsWith('page.')) found.requireDefault('page')
}

function checkRoute(found: Exports): void {
  const settings = [
    'dynamic',
    'revalidate',
    'runtime',
    'maxDuration',
    'fetchCache',
    'preferredRegion',
    'dynamicParams',
  ]
  for (const { name, index } of found.names()) {
    if (METHODS.includes(name)) found.requireWrapped(name, index, 'route')
    else if (!settings.includes(name))
      found.report(index, `exports '${name}', which is no method of a route handler.`)
  }
}

function checkActions(found: Exports): void {
  for (const { name, index } of found.names()) found.requireWrapped(name, index, 'action')
}

class Exports {
  readonly findings: Finding[] = []

  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly allowed: ReadonlySet<string>,
  ) {}

  /** Names of exported values, whatever form the export has. */
  names(): { name: string; index: number }[] {
    const declared = /^export (?:default )?(?:async )?(?:const|let|var|function\*?|class) (\w+)/gm
    const listed = /^export (?!type)\{([^}]*)\}/gm
    const all = [...this.text.matchAll(declared)].map((match) => ({
      name: match[1] ?? '',
      index: match.index,
    }))
    for (const match of this.text.matchAll(listed)) {
      for (const part of (match[1] ?? '').split(',')) {
        const name =
          part
            .trim()
            .split(/\s+as\s+/)
            .at(-1)
            ?.trim() ?? ''
        if (name !== '' && !part.trim().startsWith('type ')) all.push({ name, index: match.index })
      }
    }
    for (const match of this.text.matchAll(/^export (?:\*|default (?!(?:async )?(?:function|class) \w))/gm)) {
      all.push({ name: 'default', index: match.index })
    }
    return all
  }

  requireDefault(wrapper: string): void {
    const name = /^export default (\w+)\s*$/m.exec(this.text)?.[1]
    const start = name ? `^(?:export )?const ${name} = ` : '^export default '
    this.requireCall(start, 0, wrapper, 'The page')
  }

  requireWrapped(name: string, index: number, wrapper: string): void {
    const start = name === 'default' ? '^export default ' : `^(?:export )?const ${name} = `
    this.requireCall(start, index, wrapper, `'${name}'`)
  }

  forbid(pattern: RegExp, sentence: string): void {
    for (const match of this.text.matchAll(pattern)) this.report(match.index, sentence)
  }

  report(index: number, sentence: string): void {
    this.findings.push({ file: this.file, line: this.text.slice(0, index).split('\n').length, sentence })
  }

  private requireCall(start: string, index: number, wrapper: string, what: string): void {
    const source = `'@/app/_server/${wrapper}'`
    if (!new RegExp(`^import \\{[^}]*\\b${wrapper}\\b[^}]*\\} from ${source}`, 'm').test(this.text)) {
      this.report(index, `${what} must be wrapped by '${wrapper}' of ${source}, which asks for permission.`)
      return
    }
    const call = new RegExp(`${start}${wrapper}(?:<[^(]*>)?\\(\\s*(?:'([^']*)'|)`, 'm').exec(this.text)
    if (!call) this.report(index, `${what} must be wrapped by '${wrapper}', which asks for permission.`)
    else if (call[1] === undefined)
      this.report(call.index, `${what} must name its permission as a plain text.`)
    else if (!this.allowed.has(call[1])) {
      this.report(call.index, `${what} asks for '${call[1]}', which lib/domain/permissions.ts does not list.`)
    }
  }
}
