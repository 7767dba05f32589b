import type { Answer, Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import type { Finished } from '../offline/outbox.ts'
import type { Phone } from '../offline/phone.ts'
import type { Content } from '../offline/rows.ts'
import type { Me } from '../session.ts'
import type { FinishedHere, Kept } from './kept.ts'

/** What an unlocked phone keeps, opened once and then from memory until the copy changes. */
export interface Copy extends Kept {
  /** Puts an answer that is about no case beside the records. */
  readonly keepAnswer: <O extends Operation>(operation: O, parts: Call<O>, answer: Answer<O>) => Promise<void>
  /** The command that an item of the outbox carries. */
  readonly commandOf: (id: string) => Promise<Finished | undefined>
  /** The disk has changed: what is remembered of it is opened anew. */
  readonly forget: () => void
}

const answerKind = 'answer'
/** One name for one question, in whatever order its parts were written. */
const nameOf = (operation: Operation, { params, query }: { params?: unknown; query?: unknown }): string => {
  const sorted = (part: unknown) =>
    Object.entries((part ?? {}) as object)
      .filter(([, value]) => value !== undefined && value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([operation.id, sorted(params), sorted(query)])
}

export function copyOf(phone: Phone, me: Me): Copy {
  let kinds = new Map<string, Promise<Content[]>>()
  const commands = new Map<string, Finished>()
  const all = (kind: string): Promise<Content[]> => {
    const known = kinds.get(kind) ?? phone.rows.list(kind)
    kinds.set(kind, known)
    return known
  }
  const commandOf: Copy['commandOf'] = async id => {
    const known = commands.get(id) ?? (await phone.outbox.read(id))
    if (known) commands.set(id, known)
    return known
  }
  return {
    me,
    records: async <T>(kind: string) => (await all(kind)).map(one => one.value as T),
    record: async <T>(kind: string, id: string) => (await all(kind)).find(one => one.id === id)?.value as T | undefined,
    async finished<Body>(operation: string) {
      const items = (await phone.outbox.list()).filter(one => one.state !== 'discarded')
      const found: FinishedHere<Body>[] = []
      for (const { id, madeAt, state } of items) {
        const command = await commandOf(id)
        if (command?.operation !== operation) continue
        const { params, body } = command
        const stands = state !== 'refused' && state !== 'quarantined'
        found.push({ key: id, params, body: body as Body, madeAt: new Date(madeAt).toISOString(), stands })
      }
      return found
    },
    answer: async (operation, parts) =>
      (await phone.rows.get<Answer<typeof operation>>(answerKind, nameOf(operation, parts)))?.value,
    keepAnswer: (operation, parts, answer) =>
      phone.rows.put({ kind: answerKind, id: nameOf(operation, parts), value: answer }),
    commandOf,
    forget() {
      kinds = new Map()
      commands.clear()
    },
  }
}
