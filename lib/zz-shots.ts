import { chromium as pw } from '@playwright/test'
import { chromium } from '@/e2e/support/chromium'
import { team, visitor } from '@/e2e/support/people'
import { open } from '@/e2e/support/strategy'
const out='/tmp/inout-out/'
const launched = await pw.launch(chromium())
const nc = launched.newContext.bind(launched)
const browser = Object.assign(launched,{newContext:(o:any={})=>nc({baseURL:'http://localhost:4871',viewport:{width:1440,height:900},...o})}) as any
const us = await team(browser,'restaurant-saas','en'); const {page,t}=us.owner
page.setDefaultTimeout(90000)
await page.goto(us.strategy); await page.waitForTimeout(6000)
await page.getByRole('button',{name:t('exchange.ui_share'),exact:true}).click(); await page.screenshot({path:out+'s-menu.png'})
await page.getByRole('menuitem',{name:t('exchange.ui_export')}).click(); await page.getByRole('dialog').waitFor(); await page.waitForTimeout(3000); await page.screenshot({path:out+'s-export.png'})
await page.keyboard.press('Escape')
await page.getByRole('button',{name:t('exchange.ui_share'),exact:true}).click()
await page.getByRole('menuitem',{name:t('exchange.ui_share_link')}).click(); const d=page.getByRole('dialog'); await d.waitFor()
await d.getByLabel(t('exchange.ui_link_note')).fill('The board'); await d.getByRole('button',{name:t('exchange.ui_link_make'),exact:true}).click(); await d.locator('input[readonly]').waitFor()
const link=new URL(await d.locator('input[readonly]').inputValue()).pathname
await page.waitForTimeout(2500); await page.screenshot({path:out+'s-link.png'})
await d.getByRole('button',{name:t('exchange.ui_link_another')}).click(); await page.emulateMedia({colorScheme:'dark'}); await page.waitForTimeout(500); await page.screenshot({path:out+'s-link-dark.png'})
const v=await visitor(browser,'X','zh',{phone:true}); v.page.setDefaultTimeout(90000); await v.page.goto(link); await v.page.waitForTimeout(4000); await v.page.screenshot({path:out+'s-door-390.png'})
await v.page.getByRole('button',{name:v.t('exchange.shared_open')}).click(); await v.page.waitForURL(/view/); await v.page.waitForTimeout(4000); await v.page.screenshot({path:out+'s-view-390.png'})
await page.goto(us.strategy+'/print'); await page.waitForTimeout(4000); await page.screenshot({path:out+'s-print-dark.png'})
await page.emulateMedia({colorScheme:'light'}); 
await page.goto(us.workspace+'/strategy'); await page.waitForTimeout(3000)
const md='# 云栈：战略\n\n<b>x</b> [l](javascript:x) ![p](http://e.com/a.png)\n\n## 1 形势\n\n- **F1 外部。** 一\n  - 核实日期：31/12\n\n## 5 别的\n\n###### deep\n'
await page.locator('input[type=file]').setInputFiles({name:'云栈.md',mimeType:'text/markdown',buffer:Buffer.from(md)}); await page.getByRole('dialog').waitFor(); await page.waitForTimeout(800); await page.screenshot({path:out+'s-import.png'})
await page.setViewportSize({width:390,height:844}); await page.waitForTimeout(500); await page.screenshot({path:out+'s-import-390.png'})
const zh=await team(browser,'smart-tourism','zh'); zh.owner.page.setDefaultTimeout(90000); await zh.owner.page.goto(zh.strategy); await zh.owner.page.waitForTimeout(5000)
await zh.owner.page.getByRole('button',{name:zh.owner.t('exchange.ui_share'),exact:true}).click(); await zh.owner.page.getByRole('menuitem',{name:zh.owner.t('exchange.ui_share_link')}).click(); await zh.owner.page.waitForTimeout(3000); await zh.owner.page.screenshot({path:out+'s-link-zh.png'})
await zh.owner.page.setViewportSize({width:390,height:844}); await zh.owner.page.waitForTimeout(500); await zh.owner.page.screenshot({path:out+'s-link-zh-390.png'})
await browser.close()
