import { uuidv7 } from '#platform/crypto/random.ts'
import { type Entity, known } from '../hsds/fields.ts'

export type Doc = Record<string, unknown>

let made = 0
/** A thing with every field that the specification knows, each with something in it; not `deep`: without what it repeats at every step. */
export function whole(entity: Entity, more: Doc = {}, deep = true): Doc {
  made += 1
  const doc: Doc = {}
  for (const [name, holds] of Object.entries(known[entity].fields)) {
    if (name in more) continue
    if (typeof holds === 'object') {
      if ('oneOf' in holds) doc[name] = holds.oneOf[0]
      else if ('many' in holds)
        doc[name] = deep || !/^(attributes|metadata|contacts)$/.test(name) ? [whole(holds.many, {}, deep)] : []
      else doc[name] = whole(holds.one, {}, deep)
    } else if (holds === 'id') doc[name] = uuidv7()
    else if (holds === 'uri') doc[name] = `https://example.org/${name}?q=${made}`
    else if (holds === 'email') doc[name] = `box.${made}@example.org`
    else if (holds === 'instant') doc[name] = `2024-03-1${made % 10}T10:30:45.${100 + (made % 900)}Z`
    else if (holds === 'number') doc[name] = (made % 12) + 1
    else if (name === 'opens_at') doc[name] = '08:00'
    else if (name === 'closes_at') doc[name] = '16:30:00'
    else doc[name] = `${name} ${made}: ñ, “quoted”, <b>bold</b>\nand =1+1`
  }
  return { ...doc, ...more }
}
const oneLine = (n: number) => `=HYPERLINK("http://x") <script>alert(${n})</script> ${n}`
export const body = (n: number, more: Doc = {}) => whole('organization', { name: oneLine(n), ...more }, n % 20 === 0)
export const service = (n: number, organisation: unknown, more: Doc = {}) => {
  const own = { name: oneLine(n), minimum_age: 3, maximum_age: 90, organization_id: organisation, ...more }
  const { organization: _, ...doc } = whole('service', own, n % 20 === 0)
  return doc
}
export const coded = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64')
