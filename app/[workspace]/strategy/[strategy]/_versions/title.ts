import type { Version } from '@/lib/domain/version'
import type { Words } from '@/lib/i18n/words'

/** What a version was made for, in words; null for the end of an ordinary session. */
export function kindWords(t: Words, version: Version): string | null {
  switch (version.kind) {
    case 'session':
    case 'named':
      return null
    case 'before_restore':
      return t('versions.kind_before_restore')
    case 'restored':
      return t('versions.kind_restored', { number: version.restored ?? 0 })
    case 'before_import':
      return t('versions.kind_before_import')
    case 'before_archive':
      return t('versions.kind_before_archive')
    case 'before_trash':
      return t('versions.kind_before_trash')
    case 'before_emptying':
      return t('versions.kind_before_emptying')
    case 'proposal':
      return t('versions.kind_proposal')
    case 'sealed':
      return t('versions.kind_sealed')
  }
}

/** "Version 14, sealed for Q3" */
export function versionTitle(t: Words, version: Version): string {
  const said = version.name ?? kindWords(t, version)
  return said
    ? t('versions.number_named', { number: version.number, name: said })
    : t('versions.number', { number: version.number })
}
