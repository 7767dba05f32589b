import { tells } from '../canary/safe-place.ts'
import { readPdf } from '../harness/read-pdf.ts'
import type { Verdict } from './oracle.ts'

export interface Reply {
  readonly status: number
  /** Something of the planted place stands in it, in a document too. */
  readonly told: boolean
  /** As sent, with the request's own id blanked. */
  readonly text: string
  readonly headers: string
  readonly json: <T = Record<string, unknown>>() => T
}
/** What an answer says about access: a missing record and a refused one are the same 404. */
export const outcome = (reply: Reply): 'allow' | 'deny' | 'broken' => {
  if (reply.status === 404) return 'deny'
  return reply.status < 300 || [400, 409, 412].includes(reply.status) ? 'allow' : 'broken'
}
export const agrees = (expected: Verdict, reply: Reply): boolean => {
  if (expected === 'refuse') return [400, 404, 409].includes(reply.status)
  return expected === 'done' ? reply.status < 300 : outcome(reply) === expected
}

export async function replyOf(response: Response): Promise<Reply> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const raw = bytes.toString()
  const text = response.headers.get('content-type')?.includes('pdf') ? readPdf(bytes).text : raw
  return {
    status: response.status,
    told: tells(text).length > 0,
    text: raw.replace(/"request":"[^"]*"/, '"request":""'),
    headers: [...response.headers.keys()].sort().join(','),
    json: <T>() => JSON.parse(raw) as T,
  }
}
