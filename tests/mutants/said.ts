import { caseSaid } from './said-cases.ts'
import { healthSaid } from './said-health.ts'
import { otherSaid } from './said-others.ts'
import { situationSaid } from './said-situation.ts'
import type { Said } from './said-words.ts'

export const said: Readonly<Record<string, Said>> = { ...caseSaid, ...otherSaid, ...situationSaid, ...healthSaid }
