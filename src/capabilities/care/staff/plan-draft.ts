import { newId } from '#staff/api.ts'
import { type Field, property } from '#ui/desk/three-way.ts'
import { useWords } from '#ui/words-context.tsx'
import type { Plan } from '../contract-plan.ts'
import { useBodies } from './use-bodies.ts'

export type Act = Record<'id' | 'service' | 'what' | 'owner' | 'organisation' | 'dueOn', string>
export interface Goal {
  readonly goal: string
  readonly actions: Act[]
}
/** A plan as its form holds it. */
export interface PlanDraft {
  readonly goals: Goal[]
  readonly words: string
}
export const emptyAct = (): Act => ({ id: newId(), service: '', what: '', owner: '', organisation: '', dueOn: '' })
export const emptyGoal = (): Goal => ({ goal: '', actions: [emptyAct()] })
/** A new version begins with what was agreed; its actions keep their ids, and with them how far they got. No plan has no goals. */
export const planDraftOf = (plan: Plan | undefined): PlanDraft => ({
  goals:
    plan?.goals.map(one => ({
      goal: one.goal,
      actions: one.actions.map(({ id, service, what, owner, organisation = '', dueOn = '' }) => ({
        ...{ id, service, what, owner, organisation, dueOn },
      })),
    })) ?? [],
  words: plan?.ownWords ?? '',
})

/** Goals have no ids of their own: one is known again by the first of its actions. */
const idOf = (goal: Goal | undefined): string => goal?.actions[0]?.id ?? ''
const goalOf = (draft: PlanDraft, id: string) => draft.goals.find(one => idOf(one) === id)

/** Every goal of any of these drafts, and the words of the person. */
export function usePlanFields(drafts: readonly PlanDraft[]): readonly Field<PlanDraft>[] {
  const words = useWords()
  const { t } = words
  const { nameOf } = useBodies()
  const read = (goal: Goal | undefined) =>
    goal
      ? [
          goal.goal,
          ...goal.actions.map(one =>
            [
              one.what,
              one.service && t(`service.kind.${one.service}`),
              one.owner && t(`care.owner.${one.owner}`),
              one.organisation && nameOf(one.organisation),
              one.dueOn && words.date(one.dueOn),
            ]
              .filter(Boolean)
              .join(' · '),
          ),
        ].join('\n')
      : ''
  const ids = [...new Set(drafts.flatMap(draft => draft.goals.map(idOf)))]
  return [
    ...ids.map(
      (id, at): Field<PlanDraft> => ({
        name: `goal-${at}`,
        label: t('care.plan.goal-of', { place: at + 1 }),
        value: draft => goalOf(draft, id),
        shown: draft => read(goalOf(draft, id)),
        take: (into, from) => {
          const theirs = goalOf(from, id)
          const goals = into.goals.flatMap(one => (idOf(one) !== id ? [one] : theirs ? [theirs] : []))
          return { ...into, goals: theirs && !goalOf(into, id) ? [...goals, theirs] : goals }
        },
      }),
    ),
    property<PlanDraft, 'words'>('words', t('care.plan.own-words'), text => text),
  ]
}
