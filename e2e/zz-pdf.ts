import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

for (const lang of ['en', 'zh']) {
  const kept = JSON.parse(readFileSync(`/tmp/cycle-state-${lang}.json`, 'utf8'))
  const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const c = await b.newContext({ storageState: kept.state, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
  const p = await c.newPage()
  for (const paper of ['a4', 'a3']) {
    await p.goto(`http://localhost:4517/${kept.slug}/print/kernel?paper=${paper}`, { timeout: 120000 })
    await p.locator('.kernel[data-fit]').waitFor()
    const pdf = await p.pdf({ preferCSSPageSize: true, printBackground: true })
    writeFileSync(`/tmp/shots/kernel-${lang}-${paper}.pdf`, pdf)
    console.log(
      lang,
      paper,
      (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length,
      pdf
        .toString('latin1')
        .match(/\/MediaBox\s*\[[^\]]*\]/g)
        ?.slice(0, 2),
      await p.locator('.kernel').evaluate((e) => getComputedStyle(e).getPropertyValue('--size')),
    )
  }
  if (lang === 'en') {
    await p.goto(`http://localhost:4517/${kept.slug}/quarters/compare?a=2026-Q2&b=2026-Q3`, {
      timeout: 120000,
    })
    const pdf = await p.pdf({
      format: 'A4',
      margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' },
    })
    writeFileSync('/tmp/shots/cmp.pdf', pdf)
    console.log('cmp', (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length)
    for (const f of ['pdf', 'docx', 'md']) {
      const revs = await p.goto(`http://localhost:4517/${kept.slug}/reviews`)
      const href = await p.locator('a[href*="/reviews/rev_"]').nth(1).getAttribute('href')
      const r = await c.request.get(`http://localhost:4517${href}/export/${f}`, { timeout: 120000 })
      writeFileSync(`/tmp/shots/review.${f}`, await r.body())
      console.log(f, r.status(), (await r.body()).length)
    }
  }
  await b.close()
}
