import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { care } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { loaded, ofCase } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'
import { planOf } from './view.ts'

/** For the person to take along or to leave: whoever finds it learns of no provider, no place and no name. */
export const printPlan = handle(care.printPlan, policy, {
  ...ofCase,
  run: async ({ read, key, facts, services, input: { params, query } }) => {
    const rows = await store.listPlans(read, params.case)
    const row = rows.find(one => one.state === 'draft') ?? rows.find(one => one.state === 'agreed')
    if (!row) throw new Problem('not-now')
    const plan = planOf(row, boxOf(key, loaded(facts).row))
    const words = services.words(query.language)
    const { t } = words
    return {
      language: query.language,
      title: t('care.print.title'),
      lead: t('care.print.lead'),
      ...(plan.state === 'draft' ? { draft: t('care.print.draft') } : {}),
      goals: plan.goals.map(({ goal, actions }) => ({
        goal,
        actions: actions.map(({ service, what, owner, dueOn }) => ({
          // What a provider does is told by its kind: their own words may name a place.
          what: owner === 'provider' ? t(`service.kind.${service}`) : what,
          who: t(`care.print.who.${owner}`),
          due: dueOn ? t('care.print.due', { day: words.date(dueOn, 'long') }) : '',
        })),
      })),
      ...(plan.ownWords ? { words: { title: t('care.print.words'), text: plan.ownWords } } : {}),
      rights: [t('care.print.right.change'), t('care.print.right.stop'), t('care.print.right.ask')],
    }
  },
})
