import type { IdentityName } from '../../contract.ts'

const labels: Record<IdentityName, string> = {
  givenName: 'case.person.given',
  familyName: 'case.person.family',
  knownAs: 'case.person.known-as',
  birthDate: 'case.person.birth',
  age: 'case.person.age',
  sex: 'case.person.sex',
  nationality: 'case.person.nationality',
  language: 'case.person.language',
  phone: 'case.person.phone',
  safeToCall: 'case.person.call',
  document: 'case.person.document',
}
/** The words key of a field's name. */
export const labelOf = (name: IdentityName): string => labels[name]
