import { sha256 } from '#platform/crypto/hash.ts'
import type { Role } from '#platform/policy/roles.ts'

/** A person of the invented country: tests, demonstration and screenshots know the same ones. */
export interface DemonstrationPerson {
  readonly key: string
  readonly name: string
  readonly role: Role
  /** Code of a body in the country pack. */
  readonly body: string
  readonly language: 'en' | 'es'
}

export const people = [
  { key: 'marisol', name: 'Marisol Prentice', role: 'officer', body: 'labour-inspectorate', language: 'en' },
  { key: 'kofi', name: 'Kofi Lindqvist', role: 'officer', body: 'police', language: 'en' },
  { key: 'silas', name: 'Silas Beaumont', role: 'supervisor', body: 'labour-inspectorate', language: 'en' },
  { key: 'tobias', name: 'Tobias Fenwick', role: 'intake', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'ines', name: 'Inés Calloway', role: 'decision-maker', body: 'counter-trafficking-unit', language: 'es' },
  { key: 'rufus', name: 'Rufus Adeyemi', role: 'decision-maker', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'dalia', name: 'Dalia Moreau', role: 'coordinator', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'bastien', name: 'Bastien Roux', role: 'coordinator', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'celeste', name: 'Celeste Abara', role: 'shelter-manager', body: 'samaan-house', language: 'en' },
  { key: 'jonah', name: 'Jonah Pickering', role: 'provider', body: 'claro-clinic', language: 'en' },
  { key: 'petra', name: 'Petra Okafor', role: 'investigator', body: 'police', language: 'en' },
  { key: 'odette', name: 'Odette Larkin', role: 'administrator', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'hollis', name: 'Hollis Grant', role: 'administrator', body: 'counter-trafficking-unit', language: 'en' },
  {
    key: 'wren',
    name: 'Wren Castellan',
    role: 'data-protection-officer',
    body: 'counter-trafficking-unit',
    language: 'en',
  },
  // Reconsiders: somebody who made and seconded none of the earlier decisions.
  { key: 'noemi', name: 'Noemí Lascelles', role: 'decision-maker', body: 'counter-trafficking-unit', language: 'es' },
  { key: 'amara', name: 'Amara Voss', role: 'analyst', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'vasco', name: 'Vasco Thibault', role: 'investigator', body: 'police', language: 'es' },
  { key: 'leonie', name: 'Léonie Marchetti', role: 'prosecutor', body: 'police', language: 'en' },
  // Supervises the unit: told of what is overdue there.
  { key: 'greta', name: 'Greta Solano', role: 'supervisor', body: 'counter-trafficking-unit', language: 'en' },
  // The office of the task force: two, since an assessment is made by two people apart.
  { key: 'selma', name: 'Selma Okonjo', role: 'secretariat', body: 'counter-trafficking-unit', language: 'en' },
  { key: 'teo', name: 'Teo Villanueva', role: 'secretariat', body: 'counter-trafficking-unit', language: 'es' },
] as const satisfies readonly DemonstrationPerson[]
export type PersonKey = (typeof people)[number]['key']

/** The same id on every machine for the same words, so that a test can name a thing before it exists. */
export function stableId(words: string): string {
  const hex = sha256(`samaan demonstration ${words}`).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
export const accountId = (key: PersonKey): string => stableId(`account ${key}`)
export const assignmentId = (key: PersonKey): string => stableId(`assignment ${key}`)
export const organisationId = (body: string): string => stableId(`organisation ${body}`)
