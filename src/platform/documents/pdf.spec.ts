import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPdf } from '../../../tests/harness/read-pdf.ts'
import type { Letter } from './letter.ts'
import { isSettable, renderLetter } from './pdf.ts'

const at = new Date('2026-11-22T12:00:00Z')
const letter: Letter = {
  language: 'es',
  title: 'Lo que se decidió',
  from: 'Counter Trafficking Unit',
  about: ['Referencia: 10203-40506'],
  mark: null,
  parts: [
    { title: 'Qué significa', lines: ['Tiene tiempo para descansar.', 'Nadie le presiona.'] },
    { title: 'Qué puede pedir', lines: ['Que otras personas decidan.'] },
  ],
  end: 'Pídanos que se lo expliquemos.',
}
/** Lines are broken where the page ends; what was said is compared without where. */
const flat = (text: string) => text.replace(/\s+/g, ' ')

test('a letter is tagged, says what language it is in and what it is called', async () => {
  const read = readPdf(await renderLetter(letter, at))
  assert.equal(read.accessible, true)
  assert.equal(read.marked, true)
  assert.equal(read.language, 'es')
  assert.equal(read.title, letter.title)
  assert.deepEqual(read.tags.filter(tag => /^H\d/.test(tag)).sort(), ['H1', 'H2', 'H2'])
  assert.ok(read.tags.filter(tag => tag === 'P').length >= 5)
})

test('everything that was said stands in it', async () => {
  const { text } = readPdf(await renderLetter(letter, at))
  for (const said of [
    letter.title,
    letter.from,
    ...letter.about,
    letter.end,
    ...letter.parts.flatMap(one => [one.title, ...one.lines]),
  ])
    assert.ok(flat(text).includes(said), `${said}\n${text}`)
})

test('what is in a letter is never read as markup', async () => {
  const hostile = [
    '#panic("x")',
    '*not bold* _nor this_ $x$',
    '#import "@preview/x:1.0.0"',
    '] #read("/etc/passwd")',
    '"} #let letter = 1',
    '= Heading',
    '@ref <label>',
    '\\u{41}',
  ]
  const read = readPdf(
    await renderLetter(
      { ...letter, title: '#title', from: '[unit]', parts: [{ title: hostile[0]!, lines: hostile }] },
      at,
    ),
  )
  for (const said of hostile) assert.ok(flat(read.text).includes(said), said)
  assert.equal(read.title, '#title')
  assert.deepEqual(read.tags.filter(tag => /^H\d/.test(tag)).sort(), ['H1', 'H2'])
})

test('the same letter is the same bytes, and nothing of one is in the next', async () => {
  const one = Buffer.from(await renderLetter(letter, at))
  const other = Buffer.from(await renderLetter({ ...letter, end: 'Otra cosa.' }, at))
  assert.ok(one.equals(Buffer.from(await renderLetter(letter, at))))
  assert.ok(!flat(readPdf(other).text).includes(letter.end))
})

test('letters that the font does not have are refused rather than left out', async () => {
  assert.equal(isSettable('Noemí Đặng Ångström O’Neill-Żółć'), true)
  for (const name of ['王小明', 'محمد', '😀']) assert.equal(isSettable(name), false)
  await assert.rejects(renderLetter({ ...letter, end: '王小明' }, at), { code: 'no-accessible-documents' })
  // And the next one is made as if nothing had been.
  assert.equal(readPdf(await renderLetter(letter, at)).accessible, true)
})
