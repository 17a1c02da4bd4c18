'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { type TemplateCard, Templates } from '@/app/_templates/templates'
import { Field, Input, Select } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import type { CreatedWorkspace } from '@/lib/commands/create-workspace'
import type { Language } from '@/lib/domain/language'
import { isRole } from '@/lib/domain/role'
import { suggestSlug } from '@/lib/domain/workspace'
import { createWorkspace } from '../actions'
import { InviteRows } from './invite-rows'
import { Made } from './made'

/** Founding a workspace: its name, a first page, the first people; one create at the end. */
export function Onboarding({
  language,
  before,
  months,
  cards,
  chance,
  mails,
  days,
  example,
}: {
  language: Language
  /** What stands before the slug in every address. */
  before: string
  /** The twelve months, in words. */
  months: readonly string[]
  cards: readonly TemplateCard[]
  /** For slugs that cannot be made of a name's letters. */
  chance: string
  mails: boolean
  /** How long an invitation works. */
  days: number
  /** The offer of a whole invented company, which is no part of this form. */
  example: ReactNode
}) {
  const t = useWords()
  const router = useRouter()
  const [name, setName] = useState('')
  const [ownSlug, setOwnSlug] = useState<string | null>(null)
  const [written, setWritten] = useState(language)
  const [made, setMade] = useState<CreatedWorkspace | null>(null)
  const withLink = useRef(false)

  const create = useCallback(async (fields: Record<string, string>): Promise<Answer<CreatedWorkspace>> => {
    const { rows, invites } = readRows(fields)
    const answer = await createWorkspace({
      name: fields.name ?? '',
      slug: fields.slug ?? '',
      language: fields.language === 'zh' ? 'zh' : 'en',
      yearStart: Number(fields.yearStart),
      template:
        fields.template === 'restaurant-saas' || fields.template === 'smart-tourism'
          ? fields.template
          : 'blank',
      invites: withLink.current ? [...invites, { email: null, role: 'partner' }] : invites,
    })
    return answer.ok
      ? answer
      : { ...answer, detail: { ...answer.detail, ...rowOf(answer.detail.field, rows) } }
  }, [])

  const done = (created: CreatedWorkspace) => {
    if (created.invited.some((invited) => invited.link !== null)) setMade(created)
    else router.push(placeOf(created))
  }

  if (made) return <Made name={name} made={made} days={days} to={placeOf(made)} />
  return (
    <>
      <h1>{t('people.new_head')}</h1>
      {example}
      <SubmitForm action={create} done={done}>
        <section className="st">
          <h2 data-n="1">{t('people.new_1')}</h2>
          <p>{t('people.new_1_lead')}</p>
          <div className="basics">
            <Field name="name" label={t('people.company')}>
              <Input
                required
                autoComplete="organization"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </Field>
            <Field name="language" label={t('people.language')}>
              <Select
                value={written}
                onChange={(event) => setWritten(event.currentTarget.value === 'zh' ? 'zh' : 'en')}
              >
                <option value="en" lang="en">
                  {t('people.language_en')}
                </option>
                <option value="zh" lang="zh-Hans">
                  {t('people.language_zh')}
                </option>
              </Select>
            </Field>
            <Field name="yearStart" label={t('people.year_start')}>
              <Select defaultValue="1">
                {months.map((month, i) => (
                  <option key={month} value={i + 1}>
                    {month}
                  </option>
                ))}
              </Select>
            </Field>
            <Field name="slug" label={t('people.slug')} help={t('people.slug_help')} className="slug">
              <SlugInput
                before={before}
                value={ownSlug ?? (name.trim() === '' ? '' : suggestSlug(name, chance))}
                change={setOwnSlug}
              />
            </Field>
          </div>
        </section>

        <section className="st">
          <h2 data-n="2">{t('people.new_2')}</h2>
          <p>{t('people.new_2_lead')}</p>
          <Templates
            label={<span className="vh">{t('people.new_2')}</span>}
            cards={cards}
            written={written}
          />
        </section>

        <section className="st">
          <h2 data-n="3">{t('people.new_3')}</h2>
          <p>{t('people.new_3_lead')}</p>
          <InviteRows />
          <div className="go">
            <Submit
              size="lg"
              onClick={() => {
                withLink.current = false
              }}
            >
              {t('people.create')}
            </Submit>
            <Submit
              size="lg"
              look="outline"
              onClick={() => {
                withLink.current = true
              }}
            >
              {t('people.create_with_link')}
            </Submit>
            <span className="quiet">{t(mails ? 'people.mail_on' : 'people.mail_off')}</span>
          </div>
        </section>
      </SubmitForm>
    </>
  )
}

function placeOf({ slug, strategyId }: CreatedWorkspace): string {
  return strategyId ? `/${slug}/strategy/${strategyId}` : `/${slug}`
}

/** The filled rows as invites, and for each the key of the row it came from. */
function readRows(fields: Record<string, string>) {
  const rows: string[] = []
  const invites: { email: string | null; role: 'partner' | 'manager' | 'member' | 'adviser' | 'viewer' }[] =
    []
  for (const [name, value] of Object.entries(fields)) {
    if (!name.startsWith('email-') || value.trim() === '') continue
    const key = name.slice('email-'.length)
    const role = fields[`role-${key}`]
    rows.push(key)
    invites.push({ email: value, role: isRole(role) && role !== 'owner' ? role : 'partner' })
  }
  return { rows, invites }
}

/** The command counts the invites it was given; the form counts its rows, the empty ones too. */
function rowOf(field: string | number | undefined, rows: readonly string[]): { field?: string } {
  const index = /^email-(\d+)$/.exec(String(field))?.[1]
  const row = index === undefined ? undefined : rows[Number(index)]
  return row === undefined ? {} : { field: `email-${row}` }
}

function SlugInput({
  before,
  value,
  change,
}: {
  before: string
  value: string
  change: (slug: string) => void
}) {
  return (
    <span className="affix">
      <span aria-hidden="true">{before}</span>
      <Input
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </span>
  )
}
