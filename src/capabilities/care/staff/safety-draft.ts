import { type Field, property } from '#ui/desk/three-way.ts'
import { useWords } from '#ui/words-context.tsx'
import type { SafetyPlan } from '../contract-assessment.ts'

/** A safety plan as its form holds it; the code word is typed anew each time, and never shown here. */
export interface SafetyDraft {
  readonly threats: Record<'source' | 'target' | 'what' | 'likelihood' | 'impact', string>[]
  readonly measures: Record<'what' | 'owner', string>[]
  readonly ways: string[]
  readonly from: string
  readonly to: string
  readonly note: string
  readonly reviewOn: string
}
export const safetyDraftOf = (plan: SafetyPlan | null): SafetyDraft => ({
  threats:
    plan?.threats.map(({ source, target, what, likelihood, impact }) => ({
      ...{ source, target, what, likelihood: String(likelihood), impact: String(impact) },
    })) ?? [],
  measures: plan?.measures.map(({ what, owner }) => ({ what, owner })) ?? [],
  ways: [...(plan?.contact.ways ?? [])],
  from: plan?.contact.from ?? '',
  to: plan?.contact.to ?? '',
  note: plan?.contact.note ?? '',
  reviewOn: plan?.reviewOn ?? '',
})

/** What two people may have changed at once, as the form names it. */
export function useSafetyFields(): readonly Field<SafetyDraft>[] {
  const words = useWords()
  const { t } = words
  const of = (prefix: string, code: string) => (code ? t(`${prefix}.${code}`) : '')
  const text = (value: string) => value
  return [
    property<SafetyDraft, 'threats'>('threats', t('care.safety.threats'), all =>
      all
        .map(one =>
          [one.what, of('care.source', one.source), of('care.target', one.target), `${one.likelihood} × ${one.impact}`]
            .filter(Boolean)
            .join(' · '),
        )
        .join('\n'),
    ),
    property<SafetyDraft, 'measures'>('measures', t('care.safety.measures'), all =>
      all.map(one => `${one.what} · ${of('care.owner', one.owner)}`).join('\n'),
    ),
    property<SafetyDraft, 'ways'>('ways', t('care.safety.ways'), all =>
      words.list(all.map(one => t(`care.way.${one}`))),
    ),
    property<SafetyDraft, 'from'>('from', t('care.safety.from'), text),
    property<SafetyDraft, 'to'>('to', t('care.safety.to'), text),
    property<SafetyDraft, 'note'>('note', t('care.safety.contact-note'), text),
    property<SafetyDraft, 'reviewOn'>('reviewOn', t('care.safety.review-on'), day => (day ? words.date(day) : '')),
  ]
}
