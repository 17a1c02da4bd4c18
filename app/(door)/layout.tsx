import type { ReactNode } from 'react'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { Headrope } from './_net/headrope'
import { LanguageSelect } from './language-select'
import './door.css'

/** Everything before a workspace: sign in, sign up, reset, invitations. Pages give the heading and a form. */
export default async function Door({ children }: { children: ReactNode }) {
  const [t, language] = await Promise.all([getWords(), getLanguage()])
  return (
    <Words of={['shell.ui_language', 'shell.ui_not_kept']}>
      <div className="door">
        <main className="left" id="main" tabIndex={-1}>
          <Link className="brand" href="/">
            <Glyph />
            {language === 'zh' ? (
              <>
                纲举 <span lang="en">Throughline</span>
              </>
            ) : (
              <>
                Throughline <span lang="zh-Hans">纲举</span>
              </>
            )}
          </Link>
          <div className="room">{children}</div>
          <div className="foot">
            <LanguageSelect />
            <span>{t('shell.host')}</span>
          </div>
        </main>
        <aside className="right">
          <Headrope />
          <div className="say">
            {language === 'zh' ? (
              <>
                <p>纲举目张</p>
                <p>{t('shell.motto')}</p>
              </>
            ) : (
              <>
                <p>{t('shell.motto')}</p>
                <p lang="zh-Hans">纲举目张</p>
              </>
            )}
          </div>
        </aside>
      </div>
    </Words>
  )
}
