import { useEffect, useEffectEvent, useState } from 'react'
import type { FormDefinition } from '#platform/forms/definition.ts'
import { useAsk } from '#staff/api.ts'
import { checkPlace, type Interview } from '#staff/form/interview.ts'
import { openInterview } from '#staff/form/open-interview.ts'
import { questionsIn } from '#staff/form/paths.ts'
import { languageFor } from '#staff/form/said.ts'
import { screening } from '../contract.ts'
import type { Using } from '../journey.ts'

export interface Filling {
  readonly interview: Interview | undefined
  readonly error: unknown
  readonly retry: () => void
}

/** The definition of an instrument in use; asked for as soon as it is chosen, so that it is there when it is needed. */
export const useDefinition = (used: Pick<Using, 'instrument' | 'version'> | undefined) =>
  useAsk(
    screening.instrument,
    { params: { instrument: used?.instrument ?? '' }, query: used ? { version: used.version } : {} },
    { enabled: used !== undefined, staleTime: Number.POSITIVE_INFINITY },
  )

/**
 * An instrument of a screening, being filled in: begun, or gone on with, once its definition is here.
 * @param languages those to show it in, the best first
 * @param onChange gets what to keep of it
 */
export function useFilling(
  used: Using | undefined,
  languages: readonly string[],
  onChange: (next: Using) => void,
): Filling {
  const found = useDefinition(used)
  const [opened, setOpened] = useState<{ readonly of: FormDefinition; readonly interview: Interview }>()
  const [failed, setFailed] = useState<unknown>()
  const form = used && found.data?.form
  const language = form && languages.map(one => languageFor(form.languages, one)).find(one => one !== undefined)
  const open = useEffectEvent((definition: FormDefinition) =>
    openInterview(definition, {
      ...(language && { language }),
      // Before its first page nothing was filled in, and defaults of the form still come.
      ...(used?.place !== undefined && { answers: used.answers, declined: used.declined, place: used.place }),
    }),
  )
  const changed = useEffectEvent((interview: Interview) => {
    if (used) onChange(keptOf(interview, used))
  })
  useEffect(() => {
    if (!form) return
    let leave = () => {}
    let wanted = true
    open(form).then(
      interview => {
        if (!wanted) return
        leave = interview.subscribe(() => changed(interview))
        setOpened({ of: form, interview })
        setFailed(undefined)
      },
      error => wanted && setFailed(error),
    )
    return () => {
      wanted = false
      leave()
    }
  }, [form])
  const interview = opened && opened.of === form ? opened.interview : undefined
  useEffect(() => {
    if (interview && language && interview.session.language !== language) interview.setLanguage(language)
  }, [interview, language])
  return { interview, error: failed ?? (used ? found.error : null), retry: () => void found.refetch() }
}

const keptOf = (interview: Interview, { instrument, version, done }: Using): Using => ({
  instrument,
  version,
  answers: interview.session.answers(),
  declined: [...questionsIn([interview.session.view()])]
    .filter(({ path, relevant }) => relevant && interview.declined(path))
    .map(({ path }) => path),
  place: interview.place,
  done: done || interview.place === checkPlace,
})
