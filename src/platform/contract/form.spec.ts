import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { fromForm } from './form.ts'
import { parse } from './parse.ts'

const schema = z.strictObject({
  name: z.string(),
  age: z.optional(z.number()),
  safe: z.boolean(),
  signs: z.array(z.string()),
  person: z.strictObject({ phone: z.optional(z.string()) }),
})

test('a form post reads like the JSON it stands for', () => {
  const form = new URLSearchParams('name=Ana&age=24&safe=on&signs=a&signs=b&person.phone=123')
  assert.deepEqual(parse(schema, fromForm(schema, form), 'body'), {
    name: 'Ana',
    age: 24,
    safe: true,
    signs: ['a', 'b'],
    person: { phone: '123' },
  })
})

test('line ends of a form become those of the web, and an empty field is none', () => {
  const value = fromForm(schema, new URLSearchParams('name=a%0D%0Ab&age=')) as Record<string, unknown>
  assert.equal(value.name, 'a\nb')
  assert.equal('age' in value, false)
})

test('a name that the operation does not know is kept, so that it can be refused', () => {
  const value = fromForm(schema, new URLSearchParams('role=administrator')) as Record<string, unknown>
  assert.equal(value.role, 'administrator')
})
