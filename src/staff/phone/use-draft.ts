import { useEffect, useState } from 'react'
import { useSession } from '../session.ts'
import { findDraftOf, keepDraftOf } from './drafts.ts'
import { phoneHere } from './here.ts'

/**
 * State of a page that comes back when the phone was locked in the middle of it. Left in any other way, nothing of it
 * stays: what somebody said is not found there the next time.
 * @param name of the page and what it is about
 */
export function useDraft<Draft>(name: string, first: () => Draft): [Draft, (next: (kept: Draft) => Draft) => void] {
  const whole = `${name} ${useSession().me.account}`
  const [draft, setDraft] = useState(() => findDraftOf<Draft>(whole) ?? first())
  useEffect(
    () => () => {
      if (phoneHere().state !== 'locked') keepDraftOf(whole, undefined)
    },
    [whole],
  )
  return [
    draft,
    next =>
      setDraft(kept => {
        const changed = next(kept)
        keepDraftOf(whole, changed)
        return changed
      }),
  ]
}
