import type { Context } from 'hono'
import type { Binding } from './handle.ts'
import type { Services } from './services.ts'
import type { Session } from './session.ts'

/** One request on its way through: what is known so far. */
export interface Journey {
  readonly c: Context
  readonly binding: Binding
  readonly services: Services
  readonly request: string
  readonly now: Date
  readonly language: string
  session: Session | undefined
  /** undefined: leave the cookie alone; null: clear it. */
  cookie: string | null | undefined
}
