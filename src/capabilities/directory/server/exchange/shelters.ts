import type { Doc } from '../hsds/fields.ts'

const list = (value: unknown): Doc[] => (Array.isArray(value) ? (value as Doc[]) : [])

/** Whether a service says where it is. */
export const saysWhere = (service: Doc): boolean =>
  list(service.service_at_locations).length > 0 || list(service.service_areas).length > 0

// Elsewhere nobody says in our terms that a house shelters people; the words of it do. Better one animal shelter too few.
const words =
  /shelter|refuge\b|safe.?house|safe accommodation|albergue|refugio|casa (segura|de acogida)|alojamiento seguro/i
/** Whether it is called like a place that shelters people, by its own name or the terms it was filed under. */
export const soundsSheltered = (service: Doc): boolean =>
  [
    service.name,
    service.alternate_name,
    ...list(service.attributes).flatMap(one => [(one.taxonomy_term as Doc | undefined)?.name, one.value]),
  ].some(text => typeof text === 'string' && words.test(text))
