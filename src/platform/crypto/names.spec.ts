import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allNameTerms, nameSearchTerms, nameTerms, soundCodes } from './name-terms.ts'
import { normaliseDocument, normaliseName, normalisePhone } from './normalise.ts'

const alike = (a: string, b: string) => soundCodes(a).some(code => soundCodes(b).includes(code))
const finds = (typed: string, stored: string) => {
  const terms = new Set(nameTerms(stored))
  const asked = nameSearchTerms(typed)
  return asked.length > 0 && asked.every(any => any.some(term => terms.has(term)))
}

test('names that sound alike in Spanish or English share a code', () => {
  const pairs = `vazquez basques, jimenez gimenes, jimenez ximenez, llorente yorente, quispe kispe, esteban steven,
    phillip felipe, hernandez ernandes, wilmer vilmer, yolanda llolanda, catherine kathryn, cesar sesar,
    guillermo guiyermo, shirley chirley, george jorge, john jon, campos canpos, xiomara siomara, ximena jimena,
    yesenia jesenia, munoz munnoz, zulay sulai`
  for (const pair of pairs.split(',')) {
    const [a, b] = pair.trim().split(' ') as [string, string]
    assert.ok(alike(a, b), `${a} and ${b}`)
  }
})

test('names that sound different share none', () => {
  for (const [a, b] of [
    ['maria', 'marta'],
    ['jose', 'rosa'],
    ['cesar', 'sara'],
    ['lopez', 'gomez'],
    ['singh', 'khan'],
  ] as const) {
    assert.ok(!alike(a, b), `${a} and ${b}`)
  }
})

test('a person is found by the start of a word, by sound, in any order and by initial', () => {
  const stored = 'Ana María de la Peña Vásquez'
  for (const typed of ['mar', 'PEÑA', 'pena ana', 'basques', 'Vasq', 'vazquez, a.', 'Anna Maria', 'maria p']) {
    assert.ok(finds(typed, stored), typed)
  }
  for (const typed of ['pepe', 'ri', 'gomez', 'vazquez, k.', 'ana lopez']) assert.ok(!finds(typed, stored), typed)
})

test('a name of which an initial was written down is found by the whole, and not by the initial of another', () => {
  assert.ok(finds('Ana Pérez', 'A. Pérez'))
  assert.ok(finds('Pérez Ana', 'Pérez, A.'))
  assert.ok(!finds('Ana Pérez', 'Andrea Pérez'))
  assert.ok(!finds('Ana Pérez', 'B. Pérez'))
  assert.ok(!finds('Ana', 'A. Pérez'))
})

test('joining words alone do not make a term', () => {
  assert.deepEqual(
    nameTerms('Luz de la Cruz').filter(term => /:(de|la)/.test(term)),
    [],
  )
  assert.deepEqual(nameTerms('  '), [])
})

test('every start of three letters or more finds the name, whatever the name', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zñáéíóú]{3,10}$/), fc.nat(), (word, n) => {
      const letters = [...normaliseName(word)]
      const prefix = letters.slice(0, 3 + (n % (letters.length - 2))).join('')
      const [asked] = nameSearchTerms(prefix)
      return nameTerms(word).some(term => asked?.includes(term))
    }),
  )
})

test('what is taken away with a name includes every term that was ever stored for it', () => {
  assert.ok(allNameTerms('Quintanilla').includes('p:quintanilla'))
  assert.equal(nameTerms('Quintanilla').includes('p:quintanilla'), false)
  assert.deepEqual(
    new Set([...allNameTerms('Ana Pérez'), ...nameTerms('Ana Pérez')]),
    new Set(allNameTerms('Ana Pérez')),
  )
})

test('names normalise to small letters without marks, and normalising again changes nothing', () => {
  assert.equal(normaliseName("  D’Ávila-Muñoz,  ÆGIR O'Neil "), 'davila munoz aegir oneil')
  assert.equal(normaliseName('Ａna'), 'ana')
  assert.equal(normaliseName('Ǣlfa Ǿre'), 'aelfa ore')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), name => normaliseName(normaliseName(name)) === normaliseName(name)),
  )
})

test('a name has a bounded number of terms, however long', () => {
  assert.ok(
    nameTerms('Llxyabc '.repeat(500) + Array.from({ length: 40 }, (_, i) => `Yllxz${i}`).join(' ')).length < 1_000,
  )
})

test('document numbers lose case, spaces and punctuation', () => {
  assert.equal(normaliseDocument(' tt-123 456.x '), 'TT123456X')
  assert.equal(normaliseDocument('ＡＢ１２'), 'AB12')
  assert.equal(normaliseDocument('-'), '')
})

test('one telephone has one spelling', () => {
  for (const way of ['+1 (868) 555-1234', '1-868-555-1234', '868 555 1234', '555-1234', '0111 868 5551234']) {
    assert.equal(normalisePhone(way, '1868'), '+18685551234', way)
  }
  for (const way of ['+57 300 123 4567', '0057 3001234567', '57 300 123 4567', '300 123 4567']) {
    assert.equal(normalisePhone(way, '57'), '+573001234567', way)
  }
  assert.equal(normalisePhone('020 7946 0123', '44'), '+442079460123')
  assert.equal(normalisePhone('+44 (0)20 7946 0123', '44'), '+442079460123')
  assert.equal(normalisePhone('ask her sister', '57'), '')
  assert.equal(normalisePhone('12', '57'), '')
})
