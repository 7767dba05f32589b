import type { Schema } from '#platform/contract/operation.ts'
import { parse } from '#platform/contract/parse.ts'
import { type FieldError, Problem } from '#platform/problem/problem.ts'
import { wrongBirth } from '../../age.ts'
import { type IdentityEdit, identityOperations } from '../../contract-identity.ts'

// What can be told on the spot is told on the spot: without signal the server's no would come days later.

function wrongIn(schema: Schema, body: unknown): readonly FieldError[] {
  try {
    parse(schema, body, 'body')
    return []
  } catch (error) {
    if (error instanceof Problem) return error.fields
    throw error
  }
}
/** A day of birth that cannot be one, by this device's own day. */
const wrongDay = ({ field, value }: IdentityEdit): ReturnType<typeof wrongBirth> =>
  field === 'birthDate' && value !== null ? wrongBirth(value, new Date().toLocaleDateString('sv')) : undefined

/** What is wrong with these edits, by the server's own shapes. */
export function wrongEdits(body: {
  readonly id: string
  readonly edits: readonly IdentityEdit[]
}): readonly FieldError[] {
  const wrong = wrongIn(identityOperations.editIdentity.body, body)
  if (wrong.length > 0) return wrong
  return body.edits.flatMap((edit, at) => {
    const code = wrongDay(edit)
    return code ? [{ field: `edits.${at}.value`, code }] : []
  })
}
/** The same of what a person chose. */
export function wrongChoice(body: { readonly id: string; readonly edit: IdentityEdit }): readonly FieldError[] {
  const wrong = wrongIn(identityOperations.settleConflict.body, body)
  if (wrong.length > 0) return wrong
  const code = wrongDay(body.edit)
  return code ? [{ field: 'edit.value', code }] : []
}
