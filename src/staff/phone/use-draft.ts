import { useEffect, useState } from 'react'
import { useSession } from '../session.ts'
import { findDraftOf, keepDraftOf } from './drafts.ts'
import { phoneHere } from './here.ts'

/**
 * State of a page that comes back when the phone was locked in the middle of it. Left in any other way, nothing of it
 * stays: what somebody said is not found there the next time.
 * @param page its name
 * @param about the case, with which the draft leaves the phone
 */
export function useDraft<Draft>(
  page: string,
  about: string,
  first: () => Draft,
): [Draft, (next: (kept: Draft) => Draft) => void] {
  // Nobody finds what somebody else had begun to type.
  const name = `${page} ${about} ${useSession().me.account}`
  const [draft, setDraft] = useState(() => findDraftOf<Draft>(name) ?? first())
  useEffect(
    () => () => {
      if (phoneHere().state !== 'locked') keepDraftOf(name, undefined)
    },
    [name],
  )
  return [
    draft,
    next =>
      setDraft(kept => {
        const changed = next(kept)
        keepDraftOf(name, changed, about)
        return changed
      }),
  ]
}
