import type { Context } from 'hono'
import type { Binding } from './handle.ts'
import type { Services } from './services.ts'
import type { Session } from './session.ts'

/** One request on its way through: what is known so far. */
export interface Journey {
  readonly c: Context
  readonly binding: Binding
  /** Every operation that is served, by its id. */
  readonly bindings: ReadonlyMap<string, Binding>
  readonly services: Services
  readonly request: string
  readonly now: Date
  readonly language: string
  /** The device that a command came from, when it was not sent with a session. */
  readonly device?: string
  /** The case that the rule is asked about, once that is known. */
  about?: string
  session: Session | undefined
  /** undefined: leave the cookie alone; null: clear it. */
  cookie: string | null | undefined
}

/** The parts of a request, each parsed by its schema. */
export interface Given {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly version: number
}
