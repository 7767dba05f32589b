import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
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
