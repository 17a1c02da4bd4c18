import { Avatar } from '@/app/_ui/avatar'
import { Field, Textarea } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { noteQuarter } from '../../_quarters/actions'
import { dayOfMoment } from '../../_quarters/say'
import type { Given } from './given'

/** Notes beside the quarter, also beside a closed one: the seal itself takes nothing any more. */
export function Notes({ it, t, language, when, workspace }: Given) {
  return (
    <section className="notes" aria-labelledby="notes">
      <h2 id="notes">{t('quarters.notes')}</h2>
      {it.state === 'closed' && <p className="quiet">{t('quarters.notes_closed')}</p>}
      {it.notes.length > 0 ? (
        <ul>
          {it.notes.map((note) => {
            const by = it.people.find(({ id }) => id === note.memberId)
            return (
              <li key={note.id}>
                {by && <Avatar id={by.userId} name={by.name} image={by.image} size="sm" />}
                <div>
                  <p className="by">
                    <b>{by?.name}</b>{' '}
                    <time dateTime={note.at.toISOString()}>{dayOfMoment(language, note.at, when)}</time>
                  </p>
                  <p className="text">{note.text}</p>
                </div>
              </li>
            )
          })}
        </ul>
      ) : (
        it.state !== 'closed' && <p className="quiet">{t('quarters.notes_none')}</p>
      )}
      {it.may.note && (
        <SubmitForm action={noteQuarter} values={{ workspace, cycle: it.cycle }} clear>
          <Field label={t('quarters.ui_note')} name="text">
            <Textarea required rows={3} />
          </Field>
          <Submit look="outline" size="sm">
            {t('quarters.ui_note_do')}
          </Submit>
        </SubmitForm>
      )}
    </section>
  )
}
