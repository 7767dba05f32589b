import { compile, usesPatterns } from '#platform/forms/compile.ts'
import type { FormDefinition } from '#platform/forms/definition.ts'
import { type BeginOptions, begin, type Session } from '#platform/forms/session.ts'

/**
 * What works a form out. Fetched by `openInterview` when a form is opened, so that no other page carries it.
 * @throws FormFlaw where the form itself is wrong
 */
export async function start(definition: FormDefinition, options: BeginOptions): Promise<Session> {
  const pattern = usesPatterns(definition) ? (await import('#platform/forms/pattern.ts')).pattern : undefined
  return begin(compile(definition, pattern ? { pattern } : {}), options)
}
