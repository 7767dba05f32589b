import type { Compartment } from '../oracle/world.ts'

export type Module = Record<string, unknown>
export interface Verdict {
  readonly allow: boolean
  readonly compartments?: readonly Compartment[]
}
export type Rule = (actor: unknown, facts: unknown, now: Date) => Verdict
/** A way to load a module of the product, mutated or not. */
export type Load = (file: string) => Promise<Module>
export const now = new Date(0)
