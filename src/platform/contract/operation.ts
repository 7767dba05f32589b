import type { Purpose } from '../policy/roles.ts'

/** Any schema that speaks Standard Schema; zod/mini's do. Types are read through it, which keeps the compiler quick. */
export interface Schema<Out = unknown> {
  readonly '~standard': { readonly types?: { readonly output: Out; readonly input: unknown } | undefined }
}
export type Out<S> = S extends { readonly '~standard': { readonly types?: infer T } }
  ? NonNullable<T> extends { output: infer O }
    ? O
    : never
  : unknown
export type In<S> = S extends { readonly '~standard': { readonly types?: infer T } }
  ? NonNullable<T> extends { input: infer I }
    ? I
    : never
  : unknown

/** What is written to the audit when the operation is done: an event code, or the reason why nothing is. */
export type Audit = string | { readonly none: string }

/** `public` needs no session, `signed-in` any session, everything else is a permission with a rule in a slice's policy.ts. */
export type Access = 'public' | 'signed-in' | `${string}.${string}`

/** Media types of the files that operations answer with. */
export type FileType =
  | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  | 'application/xml'
  | 'application/pdf'
  /** Somebody's file, whatever it is: no browser is told a type that it might open by itself. */
  | 'application/octet-stream'

/** What the handler of such an operation answers. */
export interface FileAnswer {
  /** Letters, digits, `.`, `-`, `_`: what the file is saved as. */
  readonly name: string
  /** All of it, or, where it may be large, piece by piece; then `length` says how many bytes there will be. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
  readonly length?: number
}

interface Common {
  /** `<slice>.<verb>`; one verb names the file, the permission, the event and the words. */
  readonly id: string
  readonly path: `/${string}`
  readonly params?: Schema
  readonly query?: Schema
  /** The body of a good answer; null when there is none (204). */
  readonly reply: Schema | null
  readonly access: Access
  readonly audit: Audit
  /** The purposes this operation may serve. */
  readonly purpose: readonly Purpose[]
  /** May be written while offline and sent later. */
  readonly offline?: true
  /** The answer is a stream of this media type instead of a reply; audited and decided before its first byte. */
  readonly stream?: 'text/csv'
  /** The answer is a file of this media type, to be saved; its `reply` is null. Audited and decided before its first byte. */
  readonly file?: FileType
  /**
   * What it answers is made to leave the house, though it is no file: to be printed, or a link to be handed over. False for a
   * file that only the pages themselves show. Who protects data finds these and every other file as exports.
   */
  readonly leaves?: 'paper' | 'link' | false
  /**
   * Done also on a case that was brought together with another: what ends or finishes something where it stands. Anything
   * else is refused there, and told where to go on.
   */
  readonly evenMerged?: true
  /** Seconds within which the person must have proven themselves again. */
  readonly stepUp?: number
}
export interface Query extends Common {
  readonly kind: 'query'
  readonly method: 'GET'
}
export interface Command extends Common {
  readonly kind: 'command'
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly body: Schema | null
  /**
   * Asks for `Idempotency-Key`; the same command twice is one command. Without: sign-in steps, which have no actor yet,
   * and what only looks at what it was sent.
   */
  readonly idempotent: boolean
  /** Asks for `If-Match` with the version the change was made on. */
  readonly ifMatch: boolean
  /** Bytes of the largest body that is read, where the usual million is too little. JSON only. */
  readonly largest?: number
}
export type Operation = Query | Command

/** Whether what an operation answers leaves the house: a file, a paper, a link. */
export const leavesHouse = ({ leaves, file, stream }: Operation): boolean =>
  leaves === undefined ? file !== undefined || stream !== undefined : leaves !== false

/** Declares a read. */
export const query = <const O extends Omit<Query, 'kind' | 'method'>>(
  operation: O,
): O & { kind: 'query'; method: 'GET' } => ({ ...operation, kind: 'query', method: 'GET' })

/** Declares a change; POST and idempotent unless it says otherwise. */
export const command = <const O extends Omit<Command, 'kind' | 'method' | 'idempotent' | 'ifMatch'> & CommandOptions>(
  operation: O,
): O & { kind: 'command'; method: Command['method']; idempotent: boolean; ifMatch: boolean } => ({
  method: 'POST',
  idempotent: true,
  ifMatch: false,
  ...operation,
  kind: 'command',
})
interface CommandOptions {
  readonly method?: Command['method']
  readonly idempotent?: boolean
  readonly ifMatch?: boolean
}

/** What a handler is given: the parsed parts of the request. */
export interface Input<O extends Operation> {
  params: Out<O['params']>
  query: Out<O['query']>
  body: O extends { body: infer B } ? Out<B> : undefined
  /** The version named by `If-Match`; 0 where the operation does not ask for one. */
  version: number
}
/** What a handler answers. */
export type Reply<O extends Operation> = O extends { file: FileType }
  ? FileAnswer
  : O['reply'] extends null
    ? undefined
    : In<O['reply']>
export type Operations = Readonly<Record<string, Operation>>
