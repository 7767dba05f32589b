import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '#platform/words/load.ts'
import { flawSentence } from './flaw-words.ts'

const words = loadWords()

/** Every code that a module of forms gives a flaw, as far as it stands there as a text. */
const codes = new Set(
  globSync('**/*.ts', { cwd: import.meta.dirname, exclude: path => path.endsWith('.spec.ts') }).flatMap(file =>
    [
      ...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(
        /\b(?:flaw|refuse|warn|refuseList|wrong)\((?:[^'()]*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?|\bcode: '([a-z-]+)'/g,
      ),
    ].flatMap(([, one, other, third]) => [one, other, third].filter(code => code !== undefined)),
  ),
)

test('every flaw has a sentence in every language', () => {
  assert.ok(codes.size > 80, `only ${codes.size} codes were found`)
  for (const lang of ['en', 'es'] as const) {
    for (const code of codes) assert.ok(words[lang].has(`forms.flaw.${code}`), `${lang}: ${code}`)
  }
})

test('a sentence says where the flaw stands, as far as it is known', () => {
  const flaw = { code: 'type-unknown', detail: 'txt', sheet: 'survey' }
  assert.equal(
    flawSentence(words.en, { ...flaw, row: 1004, column: 'type' }),
    'Sheet “survey”, row 1004, column “type”: There is no type “txt”.',
  )
  assert.equal(flawSentence(words.es, { ...flaw, row: 4 }), 'Hoja «survey», fila 4: No existe el tipo «txt».')
  assert.equal(flawSentence(words.en, { code: 'file-too-large' }), 'The file is too large.')
})

test('everything that can be wrong with an answer has plain words in every language', () => {
  const unions = ['codec.ts', 'view.ts'].map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
  const problems = unions
    .flatMap(text => [...text.matchAll(/export type (?:ValueProblem|ProblemCode) =([^;]*?)\n\n/g)])
    .flatMap(([, union]) => [...union!.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code!))
  assert.ok(problems.length >= 15, problems.join())
  for (const lang of ['en', 'es'] as const) {
    for (const code of problems) assert.ok(words[lang].has(`forms.problem.${code}`), `${lang}: ${code}`)
  }
})
