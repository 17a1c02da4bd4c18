import { readFileSync, writeFileSync } from 'node:fs'
import { strategyTemplates } from '../templates'

/**
 * Writes each template's Markdown, and the boards of the example company, into a module of its own, so that its text is there from any folder and inside
 * any bundle, without a file to be found at run time. Run after changing a template:
 * `node --import tsx lib/document/templates/sync.ts`
 */
export function moduleOf(markdown: string): string {
  const literal = markdown.replace(/[\\`]|\$\{/g, (part) => `\\${part}`)
  return `// Written by sync.ts from the file of the same name.\nexport const text = \`${literal}\`\n`
}

if (process.argv[1]?.endsWith('sync.ts')) {
  for (const id of strategyTemplates) {
    for (const language of ['en', 'zh']) {
      const path = new URL(`./${id}.${language}`, import.meta.url)
      writeFileSync(`${path.pathname}.ts`, moduleOf(readFileSync(new URL(`${path.href}.md`), 'utf8')))
    }
  }
  const boards = new URL('./restaurant-saas.boards', import.meta.url)
  const json = readFileSync(new URL(`${boards.href}.json`), 'utf8')
  // Without its line breaks: it is read by a program, and half as long.
  writeFileSync(`${boards.pathname}.ts`, moduleOf(JSON.stringify(JSON.parse(json))))
}
