import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { openIdentity } from '#capabilities/cases/server/index.ts'
import { findLiveConsent } from '#capabilities/consent/server/index.ts'
import { inFours } from '#platform/contract/digits.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sealFile } from '#platform/crypto/sealed-file.ts'
import type { Read } from '#platform/db/context.ts'
import { renderLetter } from '#platform/documents/pdf.ts'
import { handle } from '#platform/http/handle.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import { Problem } from '#platform/problem/problem.ts'
import { withoutAccount } from '../../contract-link.ts'
import { policy } from '../../policy.ts'
import { type Loaded, referralFacts } from '../facts.ts'
import { openWords } from '../sealed.ts'
import { newCode, newPassphrase, returnCodeOf } from './secrets.ts'
import { sheetOf } from './sheet.ts'
import * as store from './store.ts'

/**
 * Sets a referral on paper: what it shares, as far as who prints it holds it, and a code by which who holds the sheet says so on the
 * telephone. A file that leaves is sealed; a sheet that is printed here is whoever's who prints it.
 */
export const makePaper = handle(withoutAccount.makePaper, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, facts, services, decision, key, input: { body }, now, note }) => {
    const { referral, row } = facts as Loaded
    const { id, caseId } = referral
    if (body.sealTo === 'key' && !body.recipient)
      throw new Problem('invalid-input', [{ field: 'recipient', code: 'required' }])
    if (!(await store.doorsOf(tx, id)).stands) throw new Problem('not-now')
    if (body.abroad) await requireAgreedAbroad(tx, facts as Loaded)
    const code = newCode()
    const opens = (compartment: 'ID' | 'STA') => decision.permits(caseId, compartment)
    const slot = row.key_slot!
    const pdf = await renderLetter(
      sheetOf(services.words(body.language), services.packs.get(actor.country)!, {
        row,
        code: inFours(code),
        message:
          row.sealed_message && opens('STA')
            ? openWords(key(caseId, slot, 'STA'), 'sealed_message', id, row.sealed_message)
            : undefined,
        identity: opens('ID') ? await openIdentity(tx, caseId, slot, key) : undefined,
        shared: compartmentsIn(referral.shared),
        abroad: body.abroad,
      }),
      now,
    )
    const passphrase = body.sealTo === 'passphrase' ? newPassphrase() : null
    const file = body.sealTo === 'nobody' ? Buffer.from(pdf) : await sealed(pdf, passphrase ?? [body.recipient!])
    const paper = uuidv7()
    await store.makePaper(tx, {
      id: paper,
      referral: id,
      code: returnCodeOf(services.keys, id, code),
      sealedTo: body.sealTo,
      abroad: body.abroad,
    })
    note({ reason: body.abroad ? `abroad-${body.sealTo}` : body.sealTo, basis: row.consent_id })
    // Nothing of what it is about stands in the name of a file that lies around.
    const name = `document-${paper.slice(-6)}.pdf${body.sealTo === 'nobody' ? '' : '.age'}`
    return { name, file: file.toString('base64'), passphrase }
  },
})

/** @throws Problem invalid-input `abroad` where the person did not agree to it for this recipient */
async function requireAgreedAbroad(read: Read, { referral, row }: Loaded): Promise<void> {
  const consent = await findLiveConsent(read, referral.caseId, row.consent_id)
  if (!consent?.purposes.includes('cross-border') || !consent.recipients.includes(referral.toOrganisation))
    throw new Problem('invalid-input', [{ field: 'abroad', code: 'not-agreed-abroad' }])
}

/** 2^12 rounds: the passphrases made here have 160 bits, which nobody tries. */
const work = 12
/**
 * @param to recipients; or, as a string, a passphrase
 * @throws Problem invalid-input `recipient` where one is none of age's
 */
async function sealed(pdf: Uint8Array, to: readonly string[] | string): Promise<Buffer> {
  const source = Readable.from([Buffer.from(pdf)], { objectMode: false })
  try {
    return await buffer(await sealFile(source, to, work))
  } catch (error) {
    if (typeof to === 'string') throw error
    throw new Problem('invalid-input', [{ field: 'recipient', code: 'recipient' }])
  }
}
