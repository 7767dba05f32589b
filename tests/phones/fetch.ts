import type { Chance } from './chance.ts'
import { Overtaken, over, type World } from './network.ts'

type Ask = (path: string, init: RequestInit) => Promise<Response>
const page = '<!doctype html><title>Sign in to the hotel</title>'

/** What fetch throws when no answer came. */
const noAnswer = () => new TypeError('fetch failed')

/**
 * fetch over the bad network: what is lost on the way there or back, comes again, comes late, is cut on either way, comes
 * twice at once, is answered by somebody in between, or by a server that dies over it. Bytes may also come changed.
 * @param ask the server
 * @param dying the same, going down before it has written what became of what it did
 */
export function fetchOver(world: World, chance: Chance, ask: Ask, dying: Ask): typeof fetch {
  const overtaken = new Overtaken()
  return (async (path: string, init: RequestInit = {}) => {
    const bytes = init.body instanceof Uint8Array ? new Uint8Array(init.body) : undefined
    const request = () => ask(path, bytes ? withBytes(init, bytes) : init)
    const body = typeof init.body === 'string' ? init.body : undefined
    const cut = async (): Promise<Response | undefined> => {
      if (bytes) {
        await ask(path, brokenOff(init, bytes, chance.below(bytes.length)))
        return undefined
      }
      if (chance.often(0.4)) return shortened(await request(), chance.next())
      if (body === undefined) return undefined
      await ask(path, { ...init, body: chance.often(0.5) ? body.slice(0, chance.below(body.length)) : cutInside(body) })
      return undefined
    }
    const twice = async () => {
      const which = chance.below(2)
      const answers = await Promise.all([request(), request()])
      // Which of two writers was quicker must not decide what a seed plays.
      return answers.sort((a, b) => a.status - b.status)[which]
    }
    const ofBytes = (all: Uint8Array<ArrayBuffer>) => ({
      changed: { weight: 12, become: () => ask(path, withBytes(init, changed(chance, all))) },
      ...overtaken.fate(request),
    })
    const foreign = async () => {
      const [status, text] = chance.pick([[200, page] as const, [502, page] as const, [503, ''] as const])!
      return new Response(text, { status, headers: { 'content-type': 'text/html' } })
    }
    const died = () => dying(path, bytes ? withBytes(init, bytes) : init)
    const more = { twice: { weight: 5, become: twice }, foreign: { weight: 4, become: foreign } }
    const fates = { ...more, died: { weight: 4, become: died }, ...(bytes ? ofBytes(bytes) : {}) }
    const send = () => over(world, chance, request, cut, fates)
    const answer = await (bytes ? overtaken.after(send) : send())
    if (!answer) throw noAnswer()
    return answer
  }) as typeof fetch
}

/** As a browser says how much it sends. */
const withBytes = (init: RequestInit, body: Uint8Array<ArrayBuffer>): RequestInit => {
  const headers = new Headers(init.headers)
  headers.set('content-length', String(body.length))
  return { ...init, headers, body }
}
/** The line goes dead in the middle of the bytes. */
function brokenOff(init: RequestInit, bytes: Uint8Array<ArrayBuffer>, after: number): RequestInit {
  let sent = false
  const body = new ReadableStream<Uint8Array>({
    pull(to) {
      if (sent || after === 0) to.error(noAnswer())
      else to.enqueue(bytes.slice(0, after))
      sent = true
    },
  })
  return { ...withBytes(init, bytes), body, duplex: 'half' } as RequestInit
}
function changed(chance: Chance, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const other = bytes.slice()
  other[chance.below(other.length)]! ^= 1 << chance.below(8)
  return other
}
async function shortened(answer: Response, share: number): Promise<Response | undefined> {
  // Where there is nothing but headers, a part of them is no answer.
  if (!answer.body) return undefined
  const text = await answer.text()
  return new Response(text.slice(0, Math.floor(text.length * share)), { status: answer.status })
}
/** Well-formed still: only the sealed bytes in it are fewer. */
function cutInside(body: string): string {
  const parsed = JSON.parse(body)
  if (typeof parsed.sealed === 'string') parsed.sealed = parsed.sealed.slice(0, Math.ceil(parsed.sealed.length / 2))
  return JSON.stringify(parsed)
}
