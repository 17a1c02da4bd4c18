import { readFileSync, writeFileSync } from 'node:fs'
import { strategyTemplates } from '../templates'

/**
 * Writes each template's Markdown into a module of its own, so that its text is there from any folder and inside
 * any bundle, without a file to be found at run time. Run after changing a template:
 * `node --import tsx lib/document/templates/sync.ts`
 */
export function moduleOf(markdown: string): string {
  const literal = markdown.replace(/[\\`]|\$\{/g, (part) => `\\${part}`)
  return `// Written by sync.ts from the Markdown file of the same name.\nexport const text = \`${literal}\`\n`
}

if (process.argv[1]?.endsWith('sync.ts')) {
  for (const id of strategyTemplates) {
    for (const language of ['en', 'zh']) {
      const path = new URL(`./${id}.${language}`, import.meta.url)
      writeFileSync(`${path.pathname}.ts`, moduleOf(readFileSync(new URL(`${path.href}.md`), 'utf8')))
    }
  }
}
