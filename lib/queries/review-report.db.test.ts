import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { closeReview } from '@/lib/commands/close-review'
import type { Context } from '@/lib/commands/context'
import { addFinding, judgeFinding } from '@/lib/commands/find-in-review'
import { prepareReview } from '@/lib/commands/prepare-review'
import { startReview } from '@/lib/commands/run-review'
import { createSample } from '@/lib/commands/sample-workspace'
import { writeReportHtml } from '@/lib/document/report/write-html'
import { writeReportMarkdown } from '@/lib/document/report/write-markdown'
import { must } from '@/lib/kit/assert'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { reviewReport } from './review-report'

// A whole company is brought in; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

async function sample(language: 'en' | 'zh'): Promise<Context> {
  const owner = await home.workspace('Elsewhere')
  const { id } = await createSample(owner, { language })
  const actor = must(
    await owner.store.read.members.actor(id, owner.user.id, owner.sessionId),
    'they own the example',
  )
  return { ...owner, language, actor }
}

test.each(['en', 'zh'] as const)(
  'a closed review of the example company (%s) is readable by somebody who was not there',
  async (language) => {
    const owner = await sample(language)
    const reviews = await owner.store.read.reviews.list(owner.actor.workspaceId)
    const review = must(
      reviews.find(({ state }) => state === 'closed'),
      'two are',
    )
    const report = await reviewReport(owner, review.id, 'UTC')
    const findings = await owner.store.read.reviews.findings(review.id)
    const decisions = await owner.store.read.reviews.decisions([review.id])
    expect(findings.length).toBeGreaterThan(0)
    const markdown = writeReportMarkdown(report)
    const plain = markdown.replaceAll('\\', '')
    for (const { text } of findings) expect(plain).toContain(text)
    for (const { title } of decisions) expect(plain).toContain(title)
    // Four steps and what came of them, in their order and language.
    expect(report.sections.map(({ title }) => title)).toEqual(
      language === 'zh'
        ? ['摘要', '目标回顾', '结果评估', '原因分析', '经验总结']
        : [
            'In short',
            'Plan: what we wanted',
            'Do and check: what came of it',
            'Why',
            'Act: what we make of it',
          ],
    )
    expect(plain).toContain(review.state === 'closed' ? review.resultHash : 'closed')
    // No id of ours instead of a name.
    expect(markdown).not.toMatch(/\b(?:mem|dep|act|mea|itm|fnd|dcn)_[a-z0-9]{6,}/i)
    expect(writeReportHtml(report)).toContain(`lang="${language === 'zh' ? 'zh-Hans' : 'en'}"`)
    expect((await owner.exchange.reportDocx(report)).length).toBeGreaterThan(5_000)
  },
)

test('a limited review is there for nobody else; what others write alone is in nobody’s report', async () => {
  const owner = await home.workspace('Limited')
  const manager = await home.member(owner, 'manager')
  const other = await home.member(owner, 'manager')
  const { id } = await prepareReview(manager, {
    cycle: '2026-Q3',
    departmentId: must((await owner.store.read.boards.list(owner.actor.workspaceId))[0], 'product')
      .departmentId,
    fields: { participants: [manager.actor.memberId, owner.actor.memberId], limited: true },
  })
  await addFinding(manager, { reviewId: id, text: 'Nobody counted the stock.' })
  expect((await refusal(reviewReport(other, id, 'UTC'))).code).toBe('not_found')
  const alone = writeReportMarkdown(await reviewReport(owner, id, 'UTC'))
  expect(alone).not.toContain('Nobody counted')
  await startReview(manager, { reviewId: id })
  const [finding] = await owner.store.read.reviews.findings(id)
  await judgeFinding(manager, { findingId: must(finding, 'written').id, verdict: 'adjust' })
  await closeReview(manager, { reviewId: id, rest: null })
  const report = await reviewReport(owner, id, 'UTC')
  expect(writeReportMarkdown(report)).toContain('**Adjust**: Nobody counted the stock.')
  expect(report.properties.map(([, value]) => value)).toContain('For its participants only')
})
