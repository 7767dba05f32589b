import { checkEdge } from '../contract/edge.ts'
import type { Operation } from '../contract/operation.ts'
import { parse } from '../contract/parse.ts'
import type { Read } from '../db/context.ts'
import type { Actor } from '../policy/decide.ts'
import { purposesOf } from '../policy/roles.ts'
import { Problem } from '../problem/problem.ts'
import type { Binding } from './handle.ts'
import type { Given } from './request.ts'
import type { Session } from './session.ts'

/** A command as it was finished elsewhere: what to do, with what, as whom, under which id. */
export interface Deed {
  readonly operation: string
  readonly params: unknown
  readonly body: unknown
  /** the version it was made on, where the operation asks for one */
  readonly version?: number | undefined
  /** the command's own id: done once, however often it comes */
  readonly key: string
  /** who made it, in the role that they hold now */
  readonly maker: Omit<Actor, 'purpose' | 'strength' | 'provenAt' | 'session'>
  /** what its maker said it was for */
  readonly purpose: string
  /** the phone it was made on */
  readonly device: string
}

/** Somebody as they are now, without a session. */
export type Maker = Deed['maker']

/** What one operation may ask of the others. */
export interface Others {
  readonly bindings: ReadonlyMap<string, Binding>
  /**
   * Ends this request's transaction, does the command in one of its own on the same connection, and begins anew under
   * this request's fence. What was done before stays done, whatever comes after.
   * @returns why it was refused, or undefined when it is done (now, or before)
   * @throws what is nobody's refusal, such as a database that is away; nothing was done then
   */
  readonly perform: (deed: Deed) => Promise<Problem | undefined>
  /**
   * Looks at the database as somebody else would see it, in a transaction of its own that leaves nothing behind. Only
   * ids and versions come of it: no rule was asked, and no event is written.
   */
  readonly sightOf: <T>(maker: Maker, device: string, look: (read: Read, actor: Actor) => Promise<T>) => Promise<T>
  /** One record as its own reading answers it to this person, decided and audited as such; undefined where they may not. */
  readonly read: (binding: Binding, params: Record<string, string>) => Promise<unknown>
}

/** Whether an operation may come from a phone later: a command with an id of its own, marked so in its contract. */
export const mayWait = (operation: Operation | undefined): boolean =>
  operation?.kind === 'command' && operation.offline === true && operation.idempotent

/** @throws Error when the caller did not ask {@link mayWait} */
export function otherOperation(bindings: ReadonlyMap<string, Binding>, id: string): Binding {
  const found = bindings.get(id)
  if (!found || !mayWait(found.operation)) throw new Error(`${id} does not come later`)
  return found
}

/** A request's parts out of an object, checked and parsed as if each had come by itself. @throws Problem */
export function partsOf(
  operation: Operation,
  given: { readonly params: unknown; readonly body?: unknown; readonly version?: number | undefined },
): Given {
  const part = (schema: Operation['params'] | null, value: unknown, name: string) => {
    checkEdge(value)
    return schema ? parse(schema, value, name) : undefined
  }
  const asks = operation.kind === 'command' && operation.ifMatch
  if (asks && given.version === undefined)
    throw new Problem('version-missing', [{ field: 'If-Match', code: 'required' }])
  return {
    params: part(operation.params, given.params, 'path'),
    query: undefined,
    body: operation.kind === 'command' ? part(operation.body, given.body, 'body') : undefined,
    version: asks ? given.version! : 0,
  }
}

const never = new Date(0)
/** The maker as they are now, never proven again. */
export function actorOf(maker: Maker, device: string, said?: string): Actor {
  const purposes: readonly Actor['purpose'][] = purposesOf[maker.role]
  const purpose = purposes.find(one => one === said) ?? purposes[0]!
  return { ...maker, purpose, strength: 1, provenAt: never, session: device }
}
/** Stands in for a session. */
export const sessionOf = ({ maker, device, purpose }: Deed): Session => ({
  id: device,
  account: maker.user,
  strength: 1,
  provenAt: never,
  seenAt: never,
  demonstration: false,
  actor: actorOf(maker, device, purpose),
})
