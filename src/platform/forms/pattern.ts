import { RE2JS } from 're2js'
import { limits } from './definition.ts'

/** Whether a text holds a match of a pattern, in time linear in the text. */
export type Pattern = (text: string) => boolean

/**
 * The engine of `regex()`, to be handed to `compile`; in a module of its own so that forms without one need not load it.
 * @throws Error for a pattern that is too long or that RE2 has not: back references, look-around.
 */
export function pattern(source: string): Pattern {
  if (source.length > limits.patternLength) throw new Error('pattern too long')
  const compiled = RE2JS.compile(source)
  return text => compiled.matcher(text).find()
}
