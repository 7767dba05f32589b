import { type Bytes, textOf, utf8 } from '../offline/bytes.ts'
import { base64url } from '../offline/over-http.ts'
import type { Secret } from '../offline/vault-keys.ts'
import { PasskeyUnused } from '../sign-in/passkey.ts'

// A passkey that gives the same 32 secret bytes again (the PRF extension of WebAuthn): the phone opens with a finger.

/** This passkey, or this browser, gives no such secret. */
export class NoSecret extends Error {}

interface Hint {
  readonly passkey: string
  readonly salt: string
}
const bytesOf = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), one => one.charCodeAt(0))

async function ask(salt: Bytes, passkey: string | undefined): Promise<{ secret: Bytes; passkey: string }> {
  const found = (await navigator.credentials
    .get({
      publicKey: {
        // Nobody checks this answer: what counts is the secret that comes with it.
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        userVerification: 'required',
        ...(passkey ? { allowCredentials: [{ type: 'public-key', id: bytesOf(passkey) }] } : {}),
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    .catch((error: unknown) => {
      throw new PasskeyUnused('', { cause: error })
    })) as PublicKeyCredential | null
  if (!found) throw new PasskeyUnused()
  const first = found.getClientExtensionResults().prf?.results?.first
  if (!first) throw new NoSecret()
  const secret = new Uint8Array(first instanceof ArrayBuffer ? first : first.buffer.slice(0))
  if (secret.length !== 32) throw new NoSecret()
  return { secret, passkey: base64url(new Uint8Array(found.rawId)) }
}

/** For a new phone. @throws PasskeyUnused, NoSecret */
export async function newPasskeySecret(): Promise<{ secret: Secret; hint: Bytes }> {
  const salt = crypto.getRandomValues(new Uint8Array(32))
  const { secret, passkey } = await ask(salt, undefined)
  const hint: Hint = { passkey, salt: base64url(salt) }
  return { secret: { prf: secret }, hint: utf8(JSON.stringify(hint)) }
}

/** The same again. @throws PasskeyUnused, NoSecret */
export async function passkeySecretAgain(hint: Bytes): Promise<Secret> {
  const { passkey, salt } = JSON.parse(textOf(hint)) as Hint
  return { prf: (await ask(bytesOf(salt), passkey)).secret }
}
