import type { Brought } from '../../contract-exchange.ts'
import { type Doc, type Entity, known } from '../hsds/fields.ts'

const addressParts = [
  ...(['attention', 'address_1', 'address_2', 'city', 'region', 'state_province', 'postal_code', 'country'] as const),
]
/** Where the addresses of a thing are its own, not those of a vocabulary. */
const reached: ReadonlySet<Entity> = new Set(['service', 'organization', 'location', 'contact', 'schedule'])

/**
 * Every address, way to reach somebody and name that a whole thing holds, at whatever depth: what the public list would
 * say to everybody. A line each, as it was written.
 */
export function saidPublicly(what: Entity, whole: Doc): Brought {
  const where = new Set<string>()
  const reach = new Set<string>()
  const people = new Set<string>()
  const line = (into: Set<string>, parts: readonly unknown[]) => {
    const text = parts.filter(part => typeof part === 'string' || typeof part === 'number').join(', ')
    if (text) into.add(text)
  }
  const walk = (entity: Entity, doc: Doc): void => {
    if (entity === 'location') {
      line(where, [doc.name])
      line(where, [doc.latitude, doc.longitude])
    }
    if (entity === 'address')
      line(
        where,
        addressParts.map(part => doc[part]),
      )
    if (entity === 'phone') line(reach, [doc.number, doc.extension])
    if (entity === 'contact') line(people, [doc.name, doc.title, doc.department])
    // Who changed a field is named in the history that came with it.
    if (entity === 'metadata') line(people, [doc.updated_by])
    for (const [name, holds] of Object.entries(known[entity].fields)) {
      const value = doc[name]
      if (value === undefined || value === null) continue
      if (typeof holds === 'object' && 'many' in holds) for (const one of value as Doc[]) walk(holds.many, one)
      else if (typeof holds === 'object' && 'one' in holds) walk(holds.one, value as Doc)
      else if ((holds === 'email' || holds === 'uri') && reached.has(entity)) line(reach, [value])
    }
  }
  walk(what, whole)
  return { where: [...where], reach: [...reach], people: [...people] }
}
