import { useState } from 'react'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { compared, type Field, merged, type Side } from '#ui/desk/three-way.ts'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Base } from './use-base.ts'

/**
 * Somebody changed it in between: what both changed is shown field by field, and nothing is chosen for anybody. What the others
 * alone changed is taken over and said.
 */
export function Overtaken<D>({
  base,
  fields,
  mine,
  onGoOn,
}: {
  base: Base<D>
  fields: readonly Field<D>[]
  mine: D
  onGoOn: (draft: D) => void
}) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const [asked, setAsked] = useState(false)
  if (!base.moved) return null
  const three = { began: base.began, mine, theirs: base.theirs }
  const { both, came } = compared(fields, three)
  const reads = (text: string) => <span className="told">{text || t('ui.overtaken.nothing')}</span>
  const goOn = () => {
    if (both.some(one => !chosen[one.name])) return setAsked(true)
    onGoOn(merged(fields, three, chosen))
    base.goOn()
    setChosen({})
    setAsked(false)
  }
  return (
    <section className="stack">
      <Banner tone="warning" role="alert" title={t('ui.overtaken')}>
        {t(both.length > 0 ? 'ui.overtaken.choose' : 'ui.overtaken.apart')}
      </Banner>
      {both.map(one => (
        <ChoiceGroup
          key={one.name}
          kind="radio"
          name={`overtaken-${one.name}`}
          label={one.label}
          value={chosen[one.name] ?? ''}
          error={asked && !chosen[one.name] ? t('ui.overtaken.needed') : undefined}
          onChange={side => setChosen({ ...chosen, [one.name]: side as Side })}
          options={[
            { value: 'mine', label: t('ui.overtaken.mine'), hint: reads(one.shown(mine)) },
            { value: 'theirs', label: t('ui.overtaken.theirs'), hint: reads(one.shown(base.theirs)) },
          ]}
        />
      ))}
      {came.length > 0 && (
        <>
          <p className="field-label">{t('ui.overtaken.came')}</p>
          <Summary rows={came.map(one => ({ term: one.label, value: reads(one.shown(base.theirs)) }))} />
        </>
      )}
      <div className="actions">
        <Button onClick={goOn}>{t('ui.overtaken.go-on')}</Button>
      </div>
    </section>
  )
}
