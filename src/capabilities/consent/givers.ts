import type { FieldError } from '#platform/problem/problem.ts'
import { givers, type recordKinds } from './contract.ts'

type Giver = (typeof givers)[number]
type Kind = Exclude<(typeof recordKinds)[number], 'limits-told'>

/**
 * Who can be written down as having said it. A child's own yes is not enough: a guardian or a support person gives it
 * with them. A child's no and a child's taking back count as they are. An adult has no guardian.
 * @param child undefined where nobody knows yet
 */
export function giversOf(kind: Kind, child: boolean | undefined): readonly Giver[] {
  if (child === undefined) return givers
  if (!child) return givers.filter(one => one !== 'guardian')
  return kind === 'given' ? givers.filter(one => one !== 'person') : givers
}

/** Whether the child's own answer is asked as well: wherever somebody else speaks. */
export const asksAssent = (child: boolean | undefined, by: Giver | ''): boolean =>
  child === undefined ? by === 'guardian' : child && (by === 'guardian' || by === 'support-person')

/**
 * What is wrong with who said it, and with whether the child was asked. What a child thinks of a withdrawal is written
 * where it is known; sharing does not go on for want of it.
 */
export function wrongGiver(
  kind: Kind,
  child: boolean,
  { givenBy, childAssent }: { readonly givenBy: Giver; readonly childAssent?: boolean | undefined },
): FieldError[] {
  if (!giversOf(kind, child).includes(givenBy))
    return [{ field: 'givenBy', code: child ? 'child-alone' : 'no-guardian' }]
  const asked = asksAssent(child, givenBy)
  if (asked && childAssent === undefined && kind !== 'withdrawn') return [{ field: 'childAssent', code: 'required' }]
  return !asked && childAssent !== undefined ? [{ field: 'childAssent', code: 'not-offered' }] : []
}
