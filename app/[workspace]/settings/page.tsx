import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { RemoveSample } from '@/app/_sample/remove-sample'
import { page } from '@/app/_server/page'
import { monthNames } from '@/app/new/_onboarding/month-names'
import { settingsPage } from '@/lib/queries/settings-page'
import { DeleteWorkspace } from './_parts/delete-workspace'
import { General } from './_parts/general'
import { SettingsFrame } from './_parts/settings-frame'

export default page('workspace.read', async ({ context }) => {
  const t = await getWords()
  const { workspace, mayUpdate, mayDelete, before } = await settingsPage(context)
  const months = monthNames(await getLanguage())
  return (
    <SettingsFrame slug={workspace.slug} current="general">
      {mayUpdate ? (
        <Words of={['people.name', 'people.slug*', 'people.language*', 'people.year*', 'people.saved']}>
          <General
            // Somebody else's change brings a fresh form; an answer to one's own does not disturb typing.
            key={`${workspace.name} ${workspace.slug} ${workspace.language} ${workspace.yearStart}`}
            slug={workspace.slug}
            name={workspace.name}
            language={workspace.language}
            yearStart={workspace.yearStart}
            months={months}
            before={before}
          />
        </Words>
      ) : (
        <>
          <p className="quiet lead">{t('people.read_only')}</p>
          <dl className="facts">
            <dt>{t('people.name')}</dt>
            <dd>{workspace.name}</dd>
            <dt>{t('people.slug')}</dt>
            <dd>
              {before}
              {workspace.slug}
            </dd>
            <dt>{t('people.language')}</dt>
            <dd>{t(`people.language_${workspace.language}`)}</dd>
            <dt>{t('people.year_start')}</dt>
            <dd>{months[workspace.yearStart - 1]}</dd>
          </dl>
        </>
      )}
      {mayDelete && workspace.sample && (
        <Words of={['sample.ui_remove']}>
          <section className="end" id="example">
            <h2>{t('sample.settings_head')}</h2>
            <p>{t('sample.settings_text')}</p>
            <RemoveSample slug={workspace.slug} />
          </section>
        </Words>
      )}
      {mayDelete && !workspace.sample && (
        <Words of={['people.delete_*']}>
          <section className="end">
            <h2>{t('people.delete_head')}</h2>
            <p>{t('people.delete_lead')}</p>
            <DeleteWorkspace slug={workspace.slug} name={workspace.name} />
          </section>
        </Words>
      )}
    </SettingsFrame>
  )
})
