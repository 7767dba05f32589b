import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { staffPolicy } from '#platform/http/security.ts'
import { type App, openBrowser } from './harness.ts'

const home = join(import.meta.dirname, '..')
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }
const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#2a7" d="M0 8 4 1l4 7z"/></svg>'

export interface GalleryApp extends Omit<App, 'as'> {
  /** Size of one chunk as it is sent, in bytes. */
  readonly sent: (chunk: string) => number
}

/** Builds the page of forms as the staff app is built, and serves it under the staff app's own content policy. */
export async function startGallery(): Promise<GalleryApp> {
  const folder = mkdtempSync(join(tmpdir(), 'samaan-forms-'))
  await build({
    configFile: join(home, 'vite.config.ts'),
    mode: 'form-gallery',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.startsWith('/media/') && pathname.endsWith('.svg'))
      return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(picture)
    try {
      const file = join(folder, pathname === '/' ? 'form-gallery.html' : pathname)
      const body = readFileSync(file)
      response
        .writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': staffPolicy,
        })
        .end(body)
    } catch {
      response.writeHead(404).end()
    }
  }).listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const staff = `http://localhost:${(server.address() as AddressInfo).port}`
  const browser = await openBrowser()
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string; name?: string }
  >
  return {
    staff,
    direct: staff,
    site: staff,
    data: folder,
    browser,
    said: () => '',
    sent(chunk) {
      const found = Object.values(manifest).find(one => one.name === chunk && one.file.endsWith('.js'))
      return found ? gzipSync(readFileSync(join(folder, found.file))).length : Number.NaN
    },
    async stop() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
