import type { Chance } from './chance.ts'
import { over, type World } from './network.ts'

type Ask = (path: string, init: RequestInit) => Promise<Response>
const page = '<!doctype html><title>Sign in to the hotel</title>'

/** What fetch throws when no answer came. */
const noAnswer = () => new TypeError('fetch failed')

/**
 * fetch over the bad network: what is lost on the way there or back, comes again, comes late, is cut on either way, comes
 * twice at once, is answered by somebody in between, or by a server that dies over it.
 * @param ask the server
 * @param dying the same, going down before it has written what became of what it did
 */
export function fetchOver(world: World, chance: Chance, ask: Ask, dying: Ask): typeof fetch {
  return (async (path: string, init: RequestInit = {}) => {
    const request = () => ask(path, init)
    const body = typeof init.body === 'string' ? init.body : undefined
    const cut = async (): Promise<Response | undefined> => {
      if (chance.often(0.4)) return shortened(await request(), chance.next())
      if (body === undefined) return undefined
      await ask(path, { ...init, body: chance.often(0.5) ? body.slice(0, chance.below(body.length)) : cutInside(body) })
      return undefined
    }
    const twice = async () => {
      const which = chance.below(2)
      const answers = await Promise.all([request(), request()])
      return answers[which]
    }
    const foreign = async () => {
      const [status, text] = chance.pick([[200, page] as const, [502, page] as const, [503, ''] as const])!
      return new Response(text, { status, headers: { 'content-type': 'text/html' } })
    }
    const answer = await over(world, chance, request, cut, {
      twice: { weight: 5, become: twice },
      foreign: { weight: 4, become: foreign },
      died: { weight: 4, become: () => dying(path, init) },
    })
    if (!answer) throw noAnswer()
    return answer
  }) as typeof fetch
}

async function shortened(answer: Response, share: number): Promise<Response> {
  const text = await answer.text()
  return new Response(text.slice(0, Math.floor(text.length * share)), { status: answer.status })
}
/** Well-formed still: only the sealed bytes in it are fewer. */
function cutInside(body: string): string {
  const parsed = JSON.parse(body)
  if (typeof parsed.sealed === 'string') parsed.sealed = parsed.sealed.slice(0, Math.ceil(parsed.sealed.length / 2))
  return JSON.stringify(parsed)
}
