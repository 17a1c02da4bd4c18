import { describe, expect, test } from 'vitest'
import { refusal } from '@/lib/testing/refusal'
import { cleanFileName, kindOf, typeOfBytes } from './attachment'

const bytes = (latin: string) => Uint8Array.from(latin, (sign) => sign.charCodeAt(0))
const typed = (text: string) => typeOfBytes(new TextEncoder().encode(text))
const refused = async (work: () => unknown) => (await refusal(Promise.resolve().then(work))).code

describe('the name of a file', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Ines\\Plan 2026.docx', 'Plan 2026.docx'],
    ['/', 'file'],
    ['..', 'file'],
    ['', 'file'],
    ['plan\u0000.pdf\n', 'plan .pdf'],
    ['报价单（第三版）.xlsx', '报价单（第三版）.xlsx'],
    ['a<b>:"c|?*.txt', 'a b c .txt'],
    ['half \ud800 letter.txt', 'half letter.txt'],
    ['notes.txt. . .', 'notes.txt'],
    ['.env', '.env'],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept)
  })

  test('a long one keeps its ending', () => {
    const name = cleanFileName(`${'长'.repeat(5_000)}.xlsx`)
    expect([...name]).toHaveLength(200)
    expect(name.endsWith('长.xlsx')).toBe(true)
    expect(cleanFileName(`${'x'.repeat(10_000_000)}`)).toHaveLength(200)
  })

  test.each([
    'setup.exe',
    'Rechnung.PDF.js',
    'open me.LNK',
    'run.bat. ',
    'gpj.\u202eexe.scr',
    'disk.iso',
    'folder/script.ps1',
    'safe.txt\u0000.exe',
  ])('%j would run, and is refused', async (name) => {
    expect(await refused(() => cleanFileName(name))).toBe('wrong_type')
  })
})

describe('what a file is, is read from its bytes', () => {
  test.each([
    ['%PDF-1.7\n', 'application/pdf', 'pdf'],
    ['PK\x03\x04\x14\0\0\0\0\0......word/document.xml', kindType('word'), 'document'],
    ['PK\x03\x04............xl/workbook.xml', kindType('sheet'), 'sheet'],
    ['PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.presentationPK', kindType('odp'), 'slides'],
    ['PK\x03\x04....photos/1.jpg', 'application/zip', 'archive'],
    ['\x1f\x8b\x08', 'application/gzip', 'archive'],
    ['\0\0\0\x18ftypmp42', 'video/mp4', 'film'],
    ['\0\x01\x02\x03', 'application/octet-stream', 'other'],
    ['', 'application/octet-stream', 'other'],
  ])('%j is %s', (head, type, kind) => {
    expect(typeOfBytes(bytes(head))).toBe(type)
    expect(kindOf(type)).toBe(kind)
  })

  test('a page, a drawing and a table are text: nothing a browser opens by itself', () => {
    for (const text of [
      '<!doctype html><script>alert(1)</script>',
      '<svg onload="alert(1)"/>',
      'a;b\n1;2',
      '纲举目张',
    ])
      expect(typed(text)).toBe('text/plain')
    // A letter cut in two at the end of the first look.
    expect(typeOfBytes(new TextEncoder().encode('纲举').slice(0, 5))).toBe('text/plain')
    expect(typeOfBytes(Uint8Array.of(0xff, 0xfe, 0x41))).toBe('application/octet-stream')
  })

  test.each([
    'MZ\x90\0\x03',
    '\x7fELF\x02',
    '\xcf\xfa\xed\xfe',
    '\xca\xfe\xba\xbe',
    '#!/bin/sh\nrm -rf ~',
    'L\0\0\0\x01\x14\x02\0',
    '\0asm\x01',
  ])('%j is a program, and is refused', async (head) => {
    expect(await refused(() => typeOfBytes(bytes(head)))).toBe('wrong_type')
  })

  test('a kind that is a word of JavaScript’s own is none', () => {
    expect(kindOf('__proto__')).toBe('other')
    expect(kindOf('constructor')).toBe('other')
  })
})

function kindType(of: 'word' | 'sheet' | 'odp'): string {
  if (of === 'odp') return 'application/vnd.oasis.opendocument.presentation'
  const part = of === 'word' ? 'wordprocessingml.document' : 'spreadsheetml.sheet'
  return `application/vnd.openxmlformats-officedocument.${part}`
}
