import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { openapi } from '../contract/openapi.ts'
import { uuidv7 } from '../crypto/random.ts'
import { answers } from '../db/context.ts'
import { mountFiles } from '../files/server/tus.ts'
import { Problem } from '../problem/problem.ts'
import { pickLanguage } from '../words/words.ts'
import type { Binding } from './handle.ts'
import { mount } from './pipeline.ts'
import { problemResponse } from './problems.ts'
import { headers, staffPolicy } from './security.ts'
import { serveSecurityText } from './security-text.ts'
import type { Services } from './services.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
}
interface Asset {
  readonly type: string
  readonly plain: Buffer<ArrayBuffer>
  /** Compressed when first asked for: all of it at start took over a second and memory that never came back. */
  readonly packed: { br?: Promise<Buffer>; gzip?: Promise<Buffer> }
}
const packers = {
  br: (plain: Buffer): Promise<Buffer> =>
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (plain: Buffer): Promise<Buffer> => promisify(gzip)(plain, { level: 9 }),
}

/** The built staff app, read once at start: a request never touches the disk. */
function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  if (!existsSync(folder)) return assets
  for (const entry of readdirSync(folder, { recursive: true })) {
    const path = join(folder, String(entry))
    const type = types[extname(path)]
    if (!type || !statSync(path).isFile()) continue
    assets.set(`/${String(entry).replaceAll('\\', '/')}`, { type, plain: readFileSync(path), packed: {} })
  }
  return assets
}

async function send(c: Context, asset: Asset, forever: boolean): Promise<Response> {
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
  if (encoding) asset.packed[encoding] ??= packers[encoding](asset.plain)
  const body = (encoding && (await asset.packed[encoding])) ?? asset.plain
  return new Response(body as Buffer<ArrayBuffer>, {
    headers: {
      'content-type': asset.type,
      'content-length': String(body.length),
      vary: 'accept-encoding',
      'cache-control': forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(encoding ? { 'content-encoding': encoding } : {}),
    },
  })
}

/** The staff origin: the API under /api, its description, the built app. */
export function staffApp(services: Services, bindings: readonly Binding[], folder: string, version: string): Hono {
  const app = new Hono()
  const assets = readAssets(folder)
  const description = JSON.stringify(
    openapi(
      bindings.map(one => one.operation),
      version,
    ),
  )
  app.use(headers(staffPolicy))
  app.get('/healthz', async c => {
    const alive = await answers(services.pool)
    return c.text(alive ? 'ok' : 'database away', alive ? 200 : 503)
  })
  app.use('/api/*', compress({ threshold: 2048 }))
  app.get('/openapi.json', () => new Response(description, { headers: { 'content-type': 'application/json' } }))
  serveSecurityText(app, services.config.securityContact)
  mount(app, bindings, services)
  mountFiles(app, services)
  app.all('/api/*', c => refuse(c, services))
  app.get('*', c => {
    const asset = assets.get(c.req.path)
    if (asset) return send(c, asset, c.req.path.startsWith('/assets/'))
    const page = assets.get('/index.html')
    // Every other address is a screen of the app, which draws its own "nothing here".
    return page && !extname(c.req.path) ? send(c, page, false) : refuse(c, services)
  })
  return app
}

const refuse = (c: Context, services: Services): Response =>
  problemResponse(
    new Problem('not-found'),
    services.words(pickLanguage(c.req.header('accept-language'), undefined)),
    uuidv7(),
  )
