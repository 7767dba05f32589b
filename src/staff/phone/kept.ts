import type { Answer, Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import type { Me } from '../session.ts'
import type { Page, RowOf } from '../use-pages.ts'
import type { Waiting } from './here.ts'

/** A command that was finished on this phone: arrived or not, refused or not, but not discarded. */
export interface FinishedHere<Body = Record<string, unknown>> {
  /** The command's id. */
  readonly key: string
  readonly params: Readonly<Record<string, string>>
  readonly body: Body
  /** ISO 8601, by the phone's clock. */
  readonly madeAt: string
  /** The server did not take it, or a person is to look at it first: it does not stand. */
  readonly stands: boolean
}

/** What a phone knows by itself. */
export interface Kept {
  /** Who uses it, in which role. */
  readonly me: Me
  /** Every record of a kind that was pulled, in no order. */
  readonly records: <T>(kind: string) => Promise<readonly T[]>
  readonly record: <T>(kind: string, id: string) => Promise<T | undefined>
  /** In order of making. @param operation its id: a slice may look at what one above it finished */
  readonly finished: <Body>(operation: string) => Promise<readonly FinishedHere<Body>[]>
  /** The answer that `keep` got for these very parts. */
  readonly answer: <O extends Operation>(operation: O, parts: Call<O>) => Promise<Answer<O> | undefined>
}

/**
 * How one reading is answered on a phone.
 * @returns undefined where the phone knows nothing of it
 */
export interface KeptAnswer {
  readonly operation: string
  readonly answer: (kept: Kept, parts: unknown, online: unknown) => Promise<unknown>
}

/** Asks the server and keeps the answer. `stays`: it never changes, so what is kept is enough. */
export type KeepAnswer = <O extends Operation>(operation: O, parts: Call<O>, stays?: 'stays') => Promise<Answer<O>>

/** What a slice does where there is no signal. */
export interface WithoutSignal {
  readonly answers: readonly KeptAnswer[]
  /** Answers that are about no case and are wanted without signal: asked for at every bringing up to date. */
  readonly keep?: (get: KeepAnswer) => Promise<void>
  /** Operations that make the case they are about: nothing of it can be done before them. */
  readonly makesCase?: readonly string[]
  /**
   * By operation, whether a command needs something of the same case that still waits. Without a word here it needs all
   * of it, in the order of making, but for what was refused and has nothing to do with it.
   */
  readonly needs?: Readonly<Record<string, (params: Readonly<Record<string, string>>, waiting: Waiting) => boolean>>
  /** By operation, the name of the draft that its command is made of (drafts.ts), for putting right what was refused. */
  readonly draftOf?: Readonly<Record<string, string>>
}

/**
 * @param answer gets what the server said, or undefined where it did not or what the slice before made of it, and adds
 * what only this phone knows
 */
export const answering = <O extends Operation>(
  operation: O,
  answer: (kept: Kept, parts: Call<O>, online: Answer<O> | undefined) => Promise<Answer<O> | undefined>,
): KeptAnswer => ({ operation: operation.id, answer: answer as KeptAnswer['answer'] })

/** A reading that is answered with what was kept of it. */
export const asKept = <O extends Operation>(operation: O): KeptAnswer =>
  answering(operation, async (kept, parts, online) => online ?? (await kept.answer(operation, parts)))

const pageAfter = <O extends Operation>(after: string | undefined) =>
  ({ query: { limit: '100', ...(after ? { after } : {}) } }) as unknown as Call<O>
/** Keeps a list to its end, page after page. */
export async function keepAll<O extends Operation>(get: KeepAnswer, operation: O): Promise<void> {
  let after: string | undefined
  do after = ((await get(operation, pageAfter<O>(after))) as Page<unknown>).next
  while (after)
}
/** What was kept of a list, to its end; undefined: nothing was. */
export async function allKept<O extends Operation>(kept: Kept, operation: O): Promise<RowOf<O>[] | undefined> {
  const all: RowOf<O>[] = []
  let after: string | undefined
  do {
    const page = (await kept.answer(operation, pageAfter<O>(after))) as Page<RowOf<O>> | undefined
    if (!page) return after ? all : undefined
    all.push(...page.items)
    after = page.next
  } while (after)
  return all
}

/** The newest first: ids begin with the time they were made at. */
export const newestFirst = <T extends { readonly id: string }>(rows: Iterable<T>): T[] =>
  [...rows].sort((a, b) => (a.id < b.id ? 1 : -1))

/** The server gives a case its reference; until then the last characters of its id tell two apart. */
export const referenceHere = (caseId: string): string => `…${caseId.slice(-4).toUpperCase()}`
