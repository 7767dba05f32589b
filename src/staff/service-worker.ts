import { fileTransportBy } from './offline/files-over-http.ts'
import { transportBy } from './offline/over-http.ts'
import { openPhone } from './offline/phone.ts'
import { ports } from './phone/ports.ts'

// Lets the app start without signal, and sends what waits when signal is back though no page is open. It holds no key:
// it can send what was finished and open none of it. Answers of the API are never kept here.

/** Every file of the app and a name for this set of them, written in by the build (tools/build.ts). */
declare const shell: { readonly name: string; readonly files: readonly string[] }

interface Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker {
  addEventListener(kind: 'install' | 'activate', heard: (event: Event) => void): void
  addEventListener(kind: 'fetch', heard: (event: Fetching) => void): void
  addEventListener(kind: 'sync', heard: (event: Event & { readonly tag: string }) => void): void
  addEventListener(kind: 'message', heard: (event: Event & { readonly data: unknown }) => void): void
  skipWaiting(): Promise<void>
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { includeUncontrolled: true; type: 'window' }): Promise<readonly unknown[]>
  }
}
const worker = globalThis as unknown as Worker
const page = '/index.html'

worker.addEventListener('install', event => {
  event.waitUntil(
    caches.open(shell.name).then(async cache => {
      // What the version before already has is not fetched again: file names change with what stands in them.
      for (const file of shell.files) {
        const had = file.startsWith('/assets/') ? await caches.match(file) : undefined
        if (had) await cache.put(file, had)
      }
      const kept = new Set((await cache.keys()).map(one => new URL(one.url).pathname))
      const missing = shell.files.filter(file => !kept.has(file))
      // A few at a time, each kept as it comes: cut off, the next try goes on from there.
      for (let at = 0; at < missing.length; at += 6)
        await Promise.all(missing.slice(at, at + 6).map(file => cache.add(new Request(file, { cache: 'no-cache' }))))
    }),
  )
})

worker.addEventListener('activate', event => {
  event.waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(name => name !== shell.name).map(name => caches.delete(name))))
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('message', event => {
  if (event.data === 'take over') event.waitUntil(takeOver())
})

/** Not under the feet of another tab: its parts would be gone. */
async function takeOver(): Promise<void> {
  const open = await worker.clients.matchAll({ includeUncontrolled: true, type: 'window' })
  if (open.length <= 1) await worker.skipWaiting()
}

worker.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return
  const wanted = request.mode === 'navigate' ? page : pathname
  if (!shell.files.includes(wanted)) return
  event.respondWith(
    caches
      .open(shell.name)
      .then(cache => cache.match(wanted))
      .then(found => found ?? fetch(request)),
  )
})

worker.addEventListener('sync', event => {
  if (event.tag === 'outbox') event.waitUntil(sendAll())
})

/** @throws where something still waits, so that the browser asks again later */
async function sendAll(): Promise<void> {
  const phone = await openPhone(ports())
  try {
    const { outcome, unanswered } = await phone.send(transportBy(fetch))
    const files = outcome === 'unreachable' ? undefined : await phone.sendFiles(fileTransportBy(fetch))
    const waits = (await phone.outbox.list()).some(({ state }) => ['waiting', 'sending', 'stuck'].includes(state))
    if (outcome !== 'sent' || waits || unanswered + (files?.unanswered ?? 0) > 0)
      throw new TypeError('not everything was sent')
  } finally {
    phone.close()
  }
}
