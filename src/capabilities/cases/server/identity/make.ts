import assert from 'node:assert/strict'
import { screening } from '#capabilities/screening/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Persona } from '../../../../../tests/harness/harness.ts'
import { screeningBody } from '../../../../../tests/harness/make.ts'
import { cases, type Identity, type IdentityName } from '../../contract.ts'

// For specs: hands that change who somebody is.

export const made = async (by: Persona, identity: Identity = {}) => {
  const body = screeningBody({ identity })
  await by.call(screening.record, { body })
  return body.case
}
export const of = (id: string) => ({ params: { case: id } })
export const read = (by: Persona, id: string) => by.call(cases.identity, of(id))
export const value = async (by: Persona, id: string, field: IdentityName) => (await read(by, id)).fields[field]?.value
export const waiting = async (by: Persona, id: string) => (await by.call(cases.conflicts, of(id))).items
/** One field, as somebody who saw it at this version. */
export const edit = (by: Persona, id: string, field: IdentityName, to: unknown, base: string | null, as = uuidv7()) =>
  by.call(cases.editIdentity, {
    ...of(id),
    key: as,
    body: { id: as, edits: [{ field, value: to, base } as never] },
  })
export const settle = (
  by: Persona,
  id: string,
  conflict: string,
  field: IdentityName,
  to: unknown,
  base: string | null,
  as = uuidv7(),
) =>
  by.call(cases.settleConflict, {
    params: { case: id, conflict },
    key: as,
    body: { id: as, edit: { field, value: to, base } as never },
  })
export const fieldsOf = async (asked: Promise<unknown>) => {
  const refusal = await asked.then(
    () => assert.fail('was not refused'),
    (thrown: Refusal) => thrown,
  )
  return refusal.fields.map(one => [one.field, one.code])
}
