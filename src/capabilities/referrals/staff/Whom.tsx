import type { OfferedService } from '#capabilities/directory/contract.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Ranked } from '../rank.ts'
import { WhyTags } from './WhyTags.tsx'

/** One, or several: all at once or one after another. */
export type Way = 'one' | 'at-once' | 'in-turn'

/** A service in its order, with how soon its house usually answers, in hours. */
export interface Fitting extends Ranked<OfferedService> {
  readonly answersIn: number | null
}

/** The best service of each organisation that the person agreed to, in the order of their rank. */
export const agreedTo = (choices: readonly Fitting[]): Fitting[] =>
  choices.filter(
    (one, at) =>
      one.why.includes('agreed') &&
      choices.findIndex(each => each.service.organisation.id === one.service.organisation.id) === at,
  )

/** Who is asked, best first with the reasons; where the person agreed to several, whether to ask more than one. */
export function Whom({
  choices,
  way,
  onWay,
  picked,
  onPick,
  ticked,
  onTick,
  error,
}: {
  choices: readonly Fitting[]
  way: Way
  onWay: (way: Way) => void
  picked: string
  onPick: (service: string) => void
  ticked: readonly string[]
  onTick: (services: string[]) => void
  error: string | undefined
}) {
  const { t } = useWords()
  const named = agreedTo(choices)
  const options = (of: readonly Fitting[]) =>
    of.map(({ service: one, why, answersIn }) => ({
      value: one.id,
      label: one.name ? `${one.organisation.name}: ${one.name}` : one.organisation.name,
      hint: (
        <>
          <WhyTags why={why} />
          {answersIn !== null && <span>{t('referral.new.answers-in', { hours: answersIn })}</span>}
        </>
      ),
    }))
  return (
    <>
      {named.length > 1 && (
        <ChoiceGroup
          kind="radio"
          name="way"
          label={t('referral.way')}
          value={way}
          onChange={value => onWay(value as Way)}
          options={(['one', 'in-turn', 'at-once'] as const).map(value => ({
            value,
            label: t(`referral.way.${value}`),
            hint: t(`referral.way.${value}-hint`),
          }))}
        />
      )}
      {way === 'one' ? (
        <ChoiceGroup
          kind="radio"
          name="to"
          label={t('referral.new.to')}
          hint={t('referral.new.to-hint')}
          value={picked}
          onChange={onPick}
          error={error}
          options={options(choices)}
        />
      ) : (
        <ChoiceGroup
          kind="checkbox"
          name="to"
          label={t('referral.way.whom')}
          hint={t(`referral.way.whom-${way}`)}
          value={ticked}
          onChange={onTick}
          error={error}
          options={options(named)}
        />
      )}
    </>
  )
}
