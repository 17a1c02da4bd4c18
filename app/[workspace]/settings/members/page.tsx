import { formatMoment } from '@/app/_i18n/time'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { Avatar } from '@/app/_ui/avatar'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { INVITATION_DAYS } from '@/lib/domain/invitation'
import { roles } from '@/lib/domain/role'
import { membersPage } from '@/lib/queries/members-page'
import { SettingsFrame } from '../_parts/settings-frame'
import { LeaveButton, RemoveButton } from './_members/departing'
import { InviteForm } from './_members/invite-form'
import { PendingActs } from './_members/pending-acts'
import { RoleMenu } from './_members/role-menu'

export default page('member.read', async ({ context }) => {
  const [t, language, zone] = await Promise.all([getWords(), getLanguage(), readZone()])
  const it = await membersPage(context)
  const when = (at: number) => formatMoment(language, 'date', at, { now: it.now, zone })
  const nameOf = (department: (typeof it.departments)[number]) =>
    department.name ?? t(`common.department_${department.kind ?? 'product'}`)
  return (
    <SettingsFrame slug={it.slug} current="members">
      <p className="quiet lead">
        {t('people.members_lead', { n: it.members.length, workspace: it.workspace })}
      </p>
      <Words
        of={[
          'people.role*',
          'people.own_role_*',
          'people.remove*',
          'people.leave*',
          'people.invite*',
          'people.email*',
          'people.link_for*',
          'people.renew*',
          'people.revoke*',
        ]}
      >
        <ul className="people">
          {it.members.map((member) => (
            <li key={member.id} id={member.id}>
              <Avatar id={member.userId} name={member.name} image={member.image} size="lg" />
              <div className="who">
                <b>
                  {member.name}
                  {member.me && <span className="quiet"> {t('people.you')}</span>}
                </b>
                {member.email && <span className="mail">{member.email}</span>}
                <span className="quiet">{t('people.since', { date: when(member.since) })}</span>
              </div>
              <ul className="deps">
                {member.departments.map((department) => (
                  <li key={department.id}>
                    <DepartmentMark kind={department.kind} name={department.name} language={language} />
                    {department.lead
                      ? t('people.leads', { department: nameOf(department) })
                      : nameOf(department)}
                  </li>
                ))}
              </ul>
              <div className="role">
                {it.mayChangeRole && !member.lastOwner ? (
                  <RoleMenu
                    workspace={it.slug}
                    memberId={member.id}
                    name={member.name}
                    role={member.role}
                    roles={it.roles}
                    me={member.me}
                  />
                ) : (
                  <span>{t(`common.role_${member.role}`)}</span>
                )}
              </div>
              <div className="acts">
                {member.me && !member.lastOwner && <LeaveButton workspace={it.slug} name={it.workspace} />}
                {!member.me && it.mayRemove && (
                  <RemoveButton workspace={it.slug} memberId={member.id} name={member.name} />
                )}
              </div>
            </li>
          ))}
        </ul>
        {it.members.some((member) => member.me && member.lastOwner) && (
          <p className="quiet note">{t('people.last_owner_you')}</p>
        )}
        {it.mayInvite && (
          <section id="invite">
            <h2>{t('people.invite_form')}</h2>
            <InviteForm
              workspace={it.slug}
              roles={it.roles}
              departments={it.departments.map((department) => ({
                id: department.id,
                name: nameOf(department),
              }))}
              pending={it.invitations.map(({ id, until }) => ({ id, until }))}
              mails={it.mails}
              days={INVITATION_DAYS}
            />
          </section>
        )}
        {it.invitations.length > 0 && (
          <section>
            <h2>{t('people.pending')}</h2>
            <ul className="pending">
              {it.invitations.map((invitation) => (
                <li key={invitation.id}>
                  <div className="who">
                    <b>{invitation.email ?? t('people.pending_link')}</b>
                    <span className="quiet">
                      {t(`common.role_${invitation.role}`)} ·{' '}
                      {t('people.pending_by', { name: invitation.inviter })} ·{' '}
                      {t('people.pending_until', { date: when(invitation.until) })}
                    </span>
                  </div>
                  <PendingActs
                    workspace={it.slug}
                    invitationId={invitation.id}
                    email={invitation.email}
                    role={invitation.role}
                    mayRenew={invitation.mayRenew}
                    days={INVITATION_DAYS}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2>{t('people.roles_head')}</h2>
          <dl className="facts">
            {roles.map((role) => (
              <div key={role}>
                <dt>{t(`common.role_${role}`)}</dt>
                <dd>{t(`people.role_${role}_does`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </Words>
    </SettingsFrame>
  )
})
