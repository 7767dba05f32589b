import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Config } from '../../config/config.ts'
import type { Assertion, Registration } from '../contract.ts'
import type { NewPasskey } from './store.ts'

// WebAuthn Level 3 by @simplewebauthn/server. A passkey always verifies its person (UV), so it counts as two factors,
// and is discoverable, so that nobody types who they are.

/** EdDSA, ES256, RS256 (COSE numbers): what authenticators in use can make. */
const algorithms = [-8, -7, -257]
const name = 'Samaan'
const party = (config: Config) => ({ rpID: new URL(config.staffOrigin).hostname, origin: config.staffOrigin })
const known = (passkeys: readonly { credential_id: Buffer; transports: string[] }[]) =>
  passkeys.map(one => ({ id: one.credential_id.toString('base64url'), transports: one.transports }))

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}
type Known = Parameters<typeof known>[0]
export interface Challenge {
  readonly challenge: string
  readonly options: Record<string, unknown>
}

/** What a browser needs to make a passkey for somebody; those they have already are left out. */
export async function registrationFor(config: Config, person: Person, passkeys: Known = []): Promise<Challenge> {
  const options = await generateRegistrationOptions({
    rpName: name,
    rpID: party(config).rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    timeout: 300_000,
    attestationType: 'none',
    excludeCredentials: known(passkeys),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
  return { challenge: options.challenge, options: { ...options } }
}

/** What a browser needs to use a passkey: any for sign-in, one's own for a step-up. */
export async function assertionFor(config: Config, passkeys: Known = []): Promise<Challenge> {
  const options = await generateAuthenticationOptions({
    rpID: party(config).rpID,
    userVerification: 'required',
    timeout: 300_000,
    ...(passkeys.length > 0 ? { allowCredentials: known(passkeys) } : {}),
  })
  return { challenge: options.challenge, options: { ...options } }
}

/** The new passkey, or undefined when the answer does not fit the challenge, the origin or the rules above. */
export async function checkRegistration(
  config: Config,
  response: Registration,
  challenge: string,
): Promise<Omit<NewPasskey, 'account_id' | 'label'> | undefined> {
  const { rpID, origin } = party(config)
  const result = await verifyRegistrationResponse({
    response: { ...response, clientExtensionResults: {} } as Parameters<
      typeof verifyRegistrationResponse
    >[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!result?.verified) return undefined
  const { id, publicKey, counter } = result.registrationInfo.credential
  return {
    credential_id: Buffer.from(id, 'base64url'),
    public_key: Buffer.from(publicKey),
    counter,
    transports: response.response.transports ?? [],
  }
}

/**
 * The passkey's new counter, or undefined when the answer is wrong in any way. A counter that does not grow is one of
 * those ways: the passkey was copied.
 */
export async function checkAssertion(
  config: Config,
  response: Assertion,
  challenge: string,
  passkey: { credential_id: Buffer; public_key: Buffer; counter: number },
): Promise<number | undefined> {
  const { rpID, origin } = party(config)
  const result = await verifyAuthenticationResponse({
    response: { ...response, clientExtensionResults: {} } as Parameters<
      typeof verifyAuthenticationResponse
    >[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: {
      id: passkey.credential_id.toString('base64url'),
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).catch(() => undefined)
  return result?.verified ? result.authenticationInfo.newCounter : undefined
}

/** Whether the authenticator's own idea of whose passkey it is (if it told) is the account's id. */
export const isHandleOf = (handle: string | null | undefined, account: string): boolean =>
  !handle || Buffer.from(handle, 'base64url').toString('hex') === account.replaceAll('-', '')
