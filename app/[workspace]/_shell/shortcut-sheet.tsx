'use client'
import { Fragment } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Dialog } from '@/app/_ui/dialog'
import { useShownPageKeys } from '@/app/_ui/page-keys'
import { useModKey } from './use-mod-key'

/** The sheet on `?`. */
export function ShortcutSheet({ mayCreate, onClose }: { mayCreate: boolean; onClose: () => void }) {
  const t = useWords()
  const mod = useModKey().trim()
  const ofPage = useShownPageKeys()
  const rows: { keys: readonly string[]; sequence?: boolean; words: string }[] = [
    { keys: [mod, 'K'], words: t('shell.ui_key_palette') },
    ...(mayCreate ? [{ keys: ['C'], words: t('shell.ui_key_new') }] : []),
    { keys: ['G', 'H'], sequence: true, words: t('shell.ui_key_home') },
    { keys: ['G', 'S'], sequence: true, words: t('shell.ui_key_strategy') },
    { keys: ['G', 'B'], sequence: true, words: t('shell.ui_key_boards') },
    { keys: ['G', 'C'], sequence: true, words: t('shell.ui_key_coherence') },
    { keys: ['G', 'R'], sequence: true, words: t('shell.ui_key_reviews') },
    { keys: ['G', 'Q'], sequence: true, words: t('shell.ui_key_quarters') },
    { keys: ['G', 'M'], sequence: true, words: t('shell.ui_key_measures') },
    { keys: ['G', 'W'], sequence: true, words: t('shell.ui_key_work') },
    { keys: ['G', 'P'], sequence: true, words: t('shell.ui_key_people') },
    { keys: ['G', ','], sequence: true, words: t('shell.ui_key_settings') },
    { keys: ['Esc'], words: t('shell.ui_key_close') },
    { keys: ['?'], words: t('shell.ui_key_sheet') },
    ...ofPage.map(({ keys, words }) => ({ keys: keys.map((key) => (key === 'Mod' ? mod : key)), words })),
  ]
  return (
    <Dialog open onClose={onClose} title={t('shell.ui_shortcuts')}>
      <table className="table keys">
        <thead className="vh">
          <tr>
            <th scope="col">{t('shell.ui_shortcuts')}</th>
            <th scope="col">{t('shell.ui_in_page')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.words}>
              <td>
                {row.keys.map((key, i) => (
                  <Fragment key={key}>
                    {i > 0 && (row.sequence ? <small> {t('shell.ui_then')} </small> : ' ')}
                    <kbd>{key}</kbd>
                  </Fragment>
                ))}
              </td>
              <td>{row.words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="help mt-3">{t('shell.ui_letters')}</p>
    </Dialog>
  )
}
