import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { SealedFile } from '#platform/files/make.ts'
import { filed, offer } from '#platform/files/server/claims.ts'
import { newPhone } from '#platform/sync/make.ts'
import { type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { charge } from '../../contract-charge.ts'

export type Body = In<(typeof cases.attach)['body']>
export const bodyOf = (file: SealedFile, change: Partial<Body> = {}): Body => ({
  id: uuidv7(),
  file: file.name,
  name: 'Her contract.jpg',
  purpose: 'document',
  compartment: 'SVC',
  original: true,
  ...change,
})

/** A server with a case that Marisol made, with her phone, and with Dalia in charge of the care. */
export async function openStage() {
  const harness = await startHarness()
  /** Where a test's scanner listens; undefined for none. */
  const scanner: { address: string | undefined } = { address: undefined }
  Object.defineProperty(harness.services.config, 'clamd', { get: () => scanner.address })
  const truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  const [marisol, tobias, dalia] = await Promise.all([harness.as('marisol'), harness.as('tobias'), harness.as('dalia')])
  const phone = await newPhone(marisol)
  const assign = async (id: string): Promise<void> => {
    const { version } = await tobias.call(cases.read, { params: { case: id } })
    await tobias.call(charge.assign, { params: { case: id }, version, body: { coordinator: dalia.account } })
  }
  const caseId = await openedCase(harness)
  await assign(caseId)
  const items = async () => (await dalia.call(cases.listAttachments, { params: { case: caseId }, query: {} })).items
  return {
    harness,
    scanner,
    truth,
    marisol,
    tobias,
    dalia,
    phone,
    caseId,
    assign,
    items,
    itemOf: async (id: string) => (await items()).find(one => one.id === id)!,
    attach: (persona: Persona, file: SealedFile, change: Partial<Body> = {}) =>
      persona.call(cases.attach, { params: { case: caseId }, body: bodyOf(file, change) }),
    /** As browsers ask, who would have it compressed on the way. */
    download: (persona: Persona, id: string, copy: string, encoding = 'gzip, br') =>
      persona.fetch(`/api/cases/${caseId}/attachments/${id}/${copy}`, { headers: { 'accept-encoding': encoding } }),
    /** Offers a file again and waits until that is over. */
    settled: async (file: SealedFile) => {
      await offer(harness.services, { account: marisol.account, sha256: file.sha256 })
      await filed(harness.services)
    },
    copiesOnDisk: async (): Promise<Buffer[]> => {
      const folder = join(harness.services.config.dataFolder, 'attachments')
      const names = await readdir(folder, { recursive: true }).catch(() => [])
      return Promise.all(names.filter(one => one.endsWith('.age')).map(one => readFile(join(folder, one))))
    },
    stop: async () => {
      await truth.end()
      await harness.stop()
    },
  }
}
