import type { Answer } from '#platform/contract/client.ts'
import type { In } from '#platform/contract/operation.ts'
import { answering, type FinishedHere, type Kept, type WithoutSignal } from '#staff/phone/kept.ts'
import { type ConsentRecord, consent } from '../contract.ts'

type Given = In<(typeof consent.give)['body']>
type Said = In<(typeof consent.refuse)['body']>

/** The ledger of a case as far as this phone knows it: what was pulled, then what was said since. */
export const withoutSignal: WithoutSignal = {
  // A consent is taken back whatever else of the case is held up; only the yes itself has to be there first.
  needs: { [consent.withdraw.id]: (params, { record }) => record === params.consent },
  answers: [
    answering(consent.list, async (kept, { params }, online) => {
      const pulled = online ?? (await kept.record<Answer<typeof consent.list>>('consents', params.case))
      const known = new Set(pulled?.items.map(one => one.id))
      const here = (await saidHere(kept, params.case)).filter(one => !known.has(one.id))
      if (!pulled && here.length === 0) return undefined
      const items = [...(pulled?.items ?? []), ...here]
      const withdrawn = new Set(items.map(one => one.withdraws))
      const child = pulled?.child ?? (await isChildHere(kept, params.case))
      return {
        items: items.map(one => ({ ...one, live: one.live && !withdrawn.has(one.id) && !isOver(one) })),
        ...(child !== undefined && { child }),
      }
    }),
  ],
}

/** As the screening that was finished here says; the server looks at age and birth once more. */
async function isChildHere(kept: Kept, caseId: string): Promise<boolean | undefined> {
  const all = await kept.finished<{ case: string; child: string }>('screening.record')
  const found = all.find(one => one.body.case === caseId)
  return found && found.body.child !== 'no'
}

const isOver = ({ expiresAt }: ConsentRecord): boolean => expiresAt !== null && Date.parse(expiresAt) <= Date.now()

/** What was said about sharing and finished on this phone, oldest first. */
async function saidHere(kept: Kept, caseId: string): Promise<ConsentRecord[]> {
  const [screenings, given, refused, withdrawn] = await Promise.all([
    kept.finished<{ case: string; limitsTold: Said }>('screening.record'),
    kept.finished<Given>(consent.give.id),
    kept.finished<Said>(consent.refuse.id),
    kept.finished<Said>(consent.withdraw.id),
  ])
  const ofCase = <Body>(all: readonly FinishedHere<Body>[]) =>
    all.filter(one => one.stands && one.params.case === caseId)
  const record = (one: FinishedHere<unknown>, said: Said, more: Partial<ConsentRecord>): ConsentRecord => ({
    ...said,
    case: caseId,
    kind: 'limits-told',
    explainedBy: kept.me.account,
    childAssent: said.childAssent ?? null,
    purposes: [],
    recipients: [],
    compartments: [],
    withhold: [],
    expiresAt: null,
    withdraws: null,
    recordedAt: one.madeAt,
    live: false,
    ...more,
  })
  return [
    ...screenings.filter(one => one.body.case === caseId).map(one => record(one, one.body.limitsTold, {})),
    ...ofCase(given).map(one => {
      const { months, purposes, recipients, compartments, withhold } = one.body
      const expiresAt = months ? monthsAfter(one.body.saidAt, months) : null
      return record(one, one.body, {
        kind: 'given',
        purposes: [...purposes],
        recipients: [...recipients],
        compartments: [...compartments],
        withhold: [...withhold],
        expiresAt,
        live: true,
      })
    }),
    ...ofCase(refused).map(one => record(one, one.body, { kind: 'refused' })),
    ...ofCase(withdrawn).map(one =>
      record(one, one.body, { kind: 'withdrawn', withdraws: one.params.consent ?? null }),
    ),
  ].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1))
}

function monthsAfter(instant: string, months: number): string {
  const date = new Date(instant)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString()
}
