import { cases } from '#capabilities/cases/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Harness, Persona } from '../../../tests/harness/harness.ts'
import { openedCase } from '../../../tests/harness/make.ts'
import type { oversight } from './contract.ts'

export const why = 'Neighbours heard screaming and the coordinator does not answer.'
/** A break-glass of a case by its reference. */
export const glassBody = (
  reference: string,
  change: Partial<In<(typeof oversight.breakGlass)['body']>> = {},
): In<(typeof oversight.breakGlass)['body']> => ({
  id: uuidv7(),
  reference,
  reason: 'nobody-reached',
  text: why,
  ...change,
})

/** A case that Dalia is in charge of, with a note and a place. @returns id and reference */
export async function keptCase(harness: Harness, dalia: Persona): Promise<{ id: string; reference: string }> {
  const tobias = await harness.as('tobias')
  const id = await openedCase(harness)
  const params = { case: id }
  const { version, reference } = await tobias.call(cases.read, { params })
  await tobias.call(cases.assign, { params, version, body: { coordinator: dalia.account } })
  await dalia.call(cases.addNote, { params, body: { id: uuidv7(), text: 'Wants to call her sister on Sundays.' } })
  await dalia.call(cases.changeLocation, { params, version: 0, body: { text: 'Blue house behind the mill' } })
  return { id, reference }
}
