import type { Page } from 'playwright-core'

/** A phone's own authenticator, as the browser's developer protocol plays one: it always finds its person present. */
export interface Authenticator {
  /** How many passkeys it keeps. */
  count(): Promise<number>
  /** The person closes the question instead of answering it. */
  refuse(refusing: boolean): Promise<void>
}

/** Gives a page an authenticator of its own; passkeys made on it are known to no other page. */
export async function withAuthenticator(page: Page, more: { hasPrf?: true } = {}): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...more,
    },
  })
  return {
    count: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    refuse: async refusing => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: !refusing })
    },
  }
}
