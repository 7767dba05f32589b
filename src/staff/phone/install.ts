/** Scripts may only come from here; the page's policy wants to be told so in this way. */
interface Trusting {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string
  }
}

const address = '/service-worker.js'

/**
 * Lets the app start without signal. A browser without service workers starts with signal only. What could not be fetched
 * is tried again at the next start.
 */
export async function registerApp(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const trusting = (globalThis as { trustedTypes?: Trusting }).trustedTypes
  const policy = trusting?.createPolicy('samaan-worker', { createScriptURL: () => address })
  await navigator.serviceWorker
    .register(policy?.createScriptURL(address) ?? address, { scope: '/' })
    .catch(() => undefined)
}

/** Whether the app starts without signal. */
export const isInstalled = async (): Promise<boolean> =>
  'serviceWorker' in navigator && (await navigator.serviceWorker.getRegistration('/'))?.active != null

/** Asks the browser to send what waits when signal is back, though this page may be closed by then. */
export async function sendLater(): Promise<void> {
  const found = (await navigator.serviceWorker?.getRegistration('/')) as
    | { sync?: { register(tag: string): Promise<void> } }
    | undefined
  await found?.sync?.register('outbox').catch(() => undefined)
}

/** Puts a newer version of the app into place while nothing is under way. @returns whether the page is loading it */
export async function takeNewVersion(): Promise<boolean> {
  const waiting = (await navigator.serviceWorker?.getRegistration('/'))?.waiting
  if (!waiting) return false
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('take over')
  return true
}
