import type { Answer, Call } from '#platform/contract/client.ts'
import type { sync } from '#platform/sync/contract.ts'
import { newId } from '../api.ts'
import type { Bytes } from '../offline/bytes.ts'
import { base64url } from '../offline/over-http.ts'
import type { Secret } from '../offline/vault-keys.ts'
import type { Me } from '../session.ts'
import { deviceName } from '../sign-in/browser.ts'
import { markPhone } from './here.ts'
import { settled } from './sender.ts'
import { begin, thisPhone } from './this-phone.ts'

type Register = (parts: Call<typeof sync.register>) => Promise<Answer<typeof sync.register>>

/** The server's clock, from the header that every answer carries: to the second, and nothing else is asked. */
async function serverTime(): Promise<number> {
  const { headers } = await fetch('/healthz', { cache: 'no-store' })
  const told = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(told) ? Date.now() : told
}

/**
 * Makes this browser one of the person's phones: keys, registration, the app itself, and a first copy.
 * @param hint what a page needs to ask a passkey for the same secret again
 * @param register with a fresh proof of who is there
 * @throws VaultError weak; what `register` throws: then nothing stays
 */
export async function prepare(me: Me, secret: Secret, hint: Bytes | undefined, register: Register): Promise<void> {
  const phone = await thisPhone()
  const { state } = await phone.vault.state()
  // One that was never brought to its end, or whose owner prepares it anew. What it has to send stays.
  if (state === 'locked' || state === 'unlocked') await phone.vault.destroy('asked')
  const publicKey = await phone.vault.create(secret, await serverTime(), hint)
  try {
    const { id, credential, recipient, account } = await register({
      body: { id: newId(), label: deviceName() || '–', publicKey: base64url(publicKey) },
    })
    await phone.enrol({ id, credential, recipient, account })
    await phone.rows.put({ kind: 'me', id: 'me', value: me })
  } catch (error) {
    await phone.vault.destroy('asked')
    throw error
  }
  markPhone('yes')
  // Asked for once, so that the browser does not throw the copy away when space is short; it may say no.
  await navigator.storage?.persist?.().catch(() => false)
  await begin()
  await settled()
}
