import type { ComponentType } from 'react'
import type { Country } from '#capabilities/directory/contract.ts'
import type { Role } from '#platform/policy/roles.ts'

/** A screen of a slice: where it is, who it is for, how it is fetched. The server decides again whatever is asked. */
export interface Screen {
  /** Path with `$name` for parameters, as the router writes them. */
  readonly path: string
  readonly roles: readonly Role[]
  readonly load: () => Promise<{ default: ComponentType }>
  /** A place in the navigation: words key and order; only in countries where there is something to do there. */
  readonly nav?: {
    readonly words: string
    readonly order: number
    readonly where?: (country: Country) => boolean
    /** Stands beside the words once it is there: a number of things that wait. */
    readonly badge?: ComponentType
  }
  /** Needs the words that only desk screens use. */
  readonly desk?: true
}
