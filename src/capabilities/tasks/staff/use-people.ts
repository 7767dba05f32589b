import type { Answer } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'

type Person = Answer<typeof tasks.people>['items'][number]
export interface To {
  organisation: string
  role: Person['role']
  account?: string
}

/** Who can be given a task of a case, as options of a list; a role with several people also as whoever takes it. */
export function usePeople(caseId: string): {
  options: readonly { value: string; label: string }[]
  toOf: (value: string) => To
} {
  const { t } = useWords()
  const people = useAsk(tasks.people, { params: { case: caseId } }).data?.items ?? []
  const roles = new Map<string, Person>()
  for (const one of people) roles.set(`${one.organisation} ${one.role}`, one)
  const words = (one: Person) => ({ role: t(`role.${one.role}`), organisation: one.organisationName })
  return {
    options: [
      ...people.map(one => ({
        value: `${one.organisation} ${one.role} ${one.account}`,
        label: t('tasks.form.person', { name: one.name, ...words(one) }),
      })),
      // Only one coordinator is in charge, and only one officer made the case.
      ...[...roles]
        .filter(([, one]) => one.role !== 'coordinator' && one.role !== 'officer')
        .map(([value, one]) => ({ value, label: t('tasks.form.anybody', words(one)) })),
    ],
    toOf: value => {
      const [organisation = '', role = '', account] = value.split(' ')
      return { organisation, role: role as Person['role'], ...(account ? { account } : {}) }
    },
  }
}
