import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { Avatar } from '@/app/_ui/avatar'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { departmentsPage, type PersonLine } from '@/lib/queries/departments-page'
import type { DepartmentName } from '@/lib/queries/members-page'
import { SettingsFrame } from '../_parts/settings-frame'
import { AddDepartment } from './_departments/add-department'
import { Chain } from './_departments/chain'
import { RestoreButton } from './_departments/restore-button'

export default page('department.read', async ({ context }) => {
  const [t, language] = await Promise.all([getWords(), getLanguage()])
  const it = await departmentsPage(context)
  const usual = ({ kind }: DepartmentName) => (kind === null ? null : t(`common.department_${kind}`))
  const drawn = (people: readonly PersonLine[]) =>
    people.map(({ id, userId, name, image }) => ({
      id,
      name,
      face: <Avatar id={userId} name={name} image={image} size="sm" />,
    }))
  const nameOf = (department: DepartmentName) => department.name ?? usual(department) ?? ''
  return (
    <SettingsFrame slug={it.slug} current="departments">
      <p className="quiet lead">{t('people.departments_lead')}</p>
      <Words of={['people.dep_*', 'people.person_*']}>
        <Chain
          workspace={it.slug}
          links={it.chain.map((department) => ({
            id: department.id,
            kind: department.kind,
            ownName: department.name,
            usualName: usual(department),
            name: nameOf(department),
            mayStaff: department.mayStaff,
            leads: drawn(department.leads),
            members: drawn(department.members),
            mark: (
              <DepartmentMark kind={department.kind} name={department.name} language={language} size="lg" />
            ),
          }))}
          people={drawn(it.people)}
          mayUpdate={it.mayUpdate}
          mayArchive={it.mayArchive}
        />
        {it.mayUpdate && it.chain.length > 1 && (
          <p className="quiet note keys">{t('people.dep_keys', { up: 'Alt+↑', down: 'Alt+↓' })}</p>
        )}
        {it.mayCreate && (
          <section>
            <h2>{t('people.dep_add')}</h2>
            <AddDepartment workspace={it.slug} />
          </section>
        )}
        {it.archived.length > 0 && (
          <section>
            <h2>{t('people.dep_archived')}</h2>
            <ul className="archived">
              {it.archived.map((department) => (
                <li key={department.id}>
                  <DepartmentMark kind={department.kind} name={department.name} language={language} />
                  <span className="grow">{nameOf(department)}</span>
                  <RestoreButton workspace={it.slug} departmentId={department.id} name={nameOf(department)} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </Words>
    </SettingsFrame>
  )
})
