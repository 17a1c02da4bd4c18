import { chromium } from '@playwright/test'
import { visitor, signUp, found } from '/tmp/wt/itemui/e2e/support/people'
import { open, chapter, ready } from '/tmp/wt/itemui/e2e/support/strategy'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const orig = browser.newContext.bind(browser)
;(browser as any).newContext = (o: any) => orig({ baseURL: 'http://localhost:4411', viewport: { width: 1440, height: 1000 }, ...o })
const [,, lang = 'en', template = 'restaurant-saas', name = 'shot', dark] = process.argv
const p = await visitor(browser, lang === 'zh' ? '沈知行' : 'Ines Okafor', lang as 'en', { dark: dark === 'dark' })
p.page.setDefaultTimeout(120000); p.page.setDefaultNavigationTimeout(120000)
p.page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') console.log('console', m.text().slice(0, 600)) })
p.page.on('pageerror', (e) => console.log('pageerror', e.stack?.slice(0, 800)))
await signUp(p)
const { strategy } = await found(p, lang === 'zh' ? '勺知科技' : 'Ladleworks', template as 'blank')
console.log(strategy)
await open(p.page, strategy)
await p.page.waitForTimeout(1500)
await p.page.addStyleTag({ content: 'nextjs-portal{display:none}' })
const shots = async (tag: string) => {
  await p.page.evaluate(() => { for (const e of document.querySelectorAll<HTMLElement>('.over, .mast')) e.style.position = 'static' })
  const boxes = await p.page.evaluate(() => [...document.querySelectorAll('.ch')].map((e) => { const b = e.getBoundingClientRect(); return { x: Math.max(0, b.x - 120), y: b.y + scrollY - 10, width: Math.min(innerWidth, b.width + 240), height: Math.min(b.height + 30, 2200) } }))
  for (const [i, clip] of boxes.entries()) await p.page.screenshot({ path: `/tmp/itemui-shots/${name}${tag}-c${i + 1}.png`, fullPage: true, clip })
}
await shots('')
await p.page.setViewportSize({ width: 390, height: 844 })
await p.page.waitForTimeout(500)
await shots('-390')
await browser.close()
