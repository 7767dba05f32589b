import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FormDefinition, Question } from '#platform/forms/definition.ts'
import { loadWords } from '#platform/words/load.ts'
import { conditionInWords } from './conditions.ts'
import { voiceFor } from './voices.ts'

const question = (name: string): Question => ({ kind: 'question', name, type: 'select-one', choices: { list: 'l' } })
const definition: FormDefinition = {
  id: 'f',
  version: '1',
  title: {},
  languages: ['en', 'es'],
  defaultLanguage: 'en',
  lists: [
    {
      name: 'l',
      choices: ['yes', 'no'].map(name => ({ name, label: { en: name.toUpperCase(), es: `¡${name}!` }, columns: {} })),
    },
  ],
  body: [question('a'), question('b')],
}
const numbered = new Map(['a', 'b'].map((name, place) => [name, { number: place + 1, question: question(name) }]))
const words = loadWords()
const say = (relevant: string | undefined, language: 'en' | 'es' = 'en') =>
  conditionInWords(relevant, { definition, language, numbered, words: words[language] })

test('a condition is said in plain words, by the number of its question', () => {
  const expected: readonly (readonly [string, string])[] = [
    [`\${a} = 'yes'`, 'question 1 is “YES”'],
    [`'yes' = \${a}`, 'question 1 is “YES”'],
    [`selected(\${a}, 'no')`, 'question 1 is “NO”'],
    [`\${a} = 'yes' or \${a} = 'no'`, 'question 1 is “YES” or “NO”'],
    [`\${a} != 'yes' and \${a} != 'no'`, 'question 1 is not “YES” or “NO”'],
    [`not(selected(\${b}, 'yes'))`, 'question 2 is not “YES”'],
    [`\${a} = 'yes' and \${b} = 'no'`, 'question 1 is “YES” and question 2 is “NO”'],
    [`\${a} = 'yes' and (\${b} = 'no' or \${b} = 'yes')`, 'question 1 is “YES” and question 2 is “NO” or “YES”'],
    [`\${a} != ''`, 'question 1 is answered'],
    [`\${b} >= 18`, 'question 2 is 18 or more'],
  ]
  for (const [relevant, text] of expected) assert.equal(say(relevant), text, relevant)
  assert.equal(say(`\${a} = 'yes'`, 'es'), 'la pregunta 1 es «¡yes!»')
})

test('what plain words cannot say is left to the one who asks', () => {
  for (const relevant of [
    `\${a} = 'yes' or (\${a} = 'no' and \${b} = 'no')`,
    `\${gone} = 1`,
    `today() > \${b}`,
    `count-selected(\${a}) > 1`,
    `\${a} =`,
  ])
    assert.equal(say(relevant), undefined, relevant)
})

test('what is always asked needs no words', () => {
  for (const relevant of [undefined, ' ', 'true()']) assert.equal(say(relevant), null)
})

test('only a voice of the device reads aloud, the nearest of the language', () => {
  const voice = (lang: string, localService: boolean) => ({ lang, localService }) as SpeechSynthesisVoice
  const voices = [voice('es-MX', false), voice('es-ES', true), voice('es_DO', true), voice('en-GB', false)]
  assert.equal(voiceFor(voices, 'es'), voices[1])
  assert.equal(voiceFor(voices, 'es-DO'), voices[2])
  assert.equal(voiceFor(voices, 'en'), undefined)
  assert.equal(voiceFor(voices, undefined), undefined)
})
