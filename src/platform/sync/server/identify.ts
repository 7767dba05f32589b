import { idsHash } from '../../audit/record.ts'
import { commitInstead, writeEvent } from '../../auth/server/store.ts'
import { checkWait, phoneBuckets, recordFailure } from '../../auth/server/throttle.ts'
import { equal, hashToken } from '../../crypto/hash.ts'
import { uuidv7 } from '../../crypto/random.ts'
import type { Tx } from '../../db/context.ts'
import type { Services } from '../../http/services.ts'
import { Problem } from '../../problem/problem.ts'
import { findDevice, type Known } from './store.ts'

interface Asking {
  readonly tx: Tx
  readonly authorization: string | undefined
  readonly remote: string
  readonly services: Services
  readonly now: Date
}
const header = /^Device ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/
const nothing = Buffer.alloc(32)

/**
 * The device whose credential came with the request, also when it is revoked: whoever has the right secret may know.
 * A wrong secret, an unknown device and a revoked one look alike. A right one never waits for other people's failures.
 * @throws Problem not-signed-in, slow-down
 */
export async function identify(
  operation: 'sync.hello' | 'sync.deliver' | 'files.send',
  { tx, authorization, remote, services, now }: Asking,
): Promise<Known> {
  const [, id, secret] = header.exec(authorization ?? '') ?? []
  if (!id || !secret) throw new Problem('not-signed-in')
  const device = await findDevice(tx, id)
  if (equal(hashToken(secret), device?.credential_hash ?? nothing) && device) return device
  const buckets = phoneBuckets(services.keys.platformKey('throttle'), remote, id)
  await checkWait(tx, buckets, now)
  await commitInstead(tx, async apart => {
    await recordFailure(apart, buckets, now)
    await writeEvent(apart, {
      id: uuidv7(now.getTime()),
      at: now.toISOString(),
      actor: null,
      role: 'none',
      organisation: null,
      operation,
      event: 'device.credential-refused',
      case: null,
      compartments: [],
      purpose: 'self',
      basis: null,
      outcome: 'refused',
      ids: idsHash([id]),
      request: uuidv7(),
      reason: 'proof',
    })
  })
  throw new Problem('not-signed-in')
}
