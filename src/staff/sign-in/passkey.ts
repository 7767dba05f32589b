import type { auth } from '#platform/auth/contract.ts'
import type { Call } from '#platform/contract/client.ts'

type Assertion = Call<typeof auth.finishSignIn>['body']['passkey']
type Registration = Call<typeof auth.addPasskey>['body']['passkey']

/** The person closed the browser's own question, or it timed out: browsers tell nobody which. */
export class PasskeyUnused extends Error {}

type Options = Record<string, unknown>

/** Whether this browser can use passkeys as the server describes them. */
export const canUsePasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** Asks the device for one of its passkeys. @throws PasskeyUnused */
export async function askPasskey(options: Options): Promise<Assertion> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never)
  const found = await navigator.credentials.get({ publicKey }).catch(unused)
  return asJson<Assertion>(found)
}

/** Makes a passkey on the device. @throws PasskeyUnused */
export async function makePasskey(options: Options): Promise<Registration> {
  // Asked for when it is made, so that it can open a phone without signal later (src/staff/phone/passkey-secret.ts).
  const extensions = { ...(options.extensions as object | undefined), prf: {} }
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({ ...options, extensions } as never)
  const made = await navigator.credentials.create({ publicKey }).catch(unused)
  return asJson<Registration>(made)
}

function asJson<Told>(credential: Credential | null): Told {
  if (!(credential instanceof PublicKeyCredential)) throw new PasskeyUnused()
  return credential.toJSON() as Told
}

function unused(error: unknown): never {
  throw new PasskeyUnused('', { cause: error })
}
