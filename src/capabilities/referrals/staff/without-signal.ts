import { directory } from '#capabilities/directory/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import {
  allKept,
  answering,
  type FinishedHere,
  type Kept,
  newestFirst,
  referenceHere,
  type WithoutSignal,
} from '#staff/phone/kept.ts'
import { type Referral, referrals } from '../contract.ts'

type Sent = In<(typeof referrals.send)['body']>

/** What an officer referred, arrived or not. */
export const withoutSignal: WithoutSignal = {
  answers: [
    answering(referrals.list, async (kept, { query }, online) => {
      if (query?.box !== 'sent' || (online && query.after)) return online
      const pulled = await kept.records<Referral>('referral')
      const known = new Set([...pulled, ...(online?.items ?? [])].map(row => row.id))
      const here = (await sentHere(kept)).filter(row => !known.has(row.id))
      const rows = online?.items ?? pulled
      const items = newestFirst([...rows, ...here]).filter(
        row =>
          (!query.status || row.status === query.status) &&
          (!query.urgency || row.urgency === query.urgency) &&
          (!query.search || row.reference.startsWith(query.search)),
      )
      return { ...online, items }
    }),
    answering(referrals.read, async (kept, { params }, online) => {
      const pulled = online ?? (await kept.record<Referral>('referral', params.referral))
      return pulled ?? (await sentHere(kept)).find(row => row.id === params.referral)
    }),
  ],
}

async function sentHere(kept: Kept): Promise<Referral[]> {
  const finished = (await kept.finished<Sent>(referrals.send.id)).filter(one => one.stands)
  if (finished.length === 0) return []
  const [bodies, screenings] = await Promise.all([
    allKept(kept, directory.list),
    kept.records<{ case: string; reference: string }>('screening'),
  ])
  const nameOf = (id: string) => bodies?.find(one => one.id === id)?.name ?? ''
  const referenceOf = (caseId: string) => screenings.find(one => one.case === caseId)?.reference
  return finished.map(one => shown(one, kept, nameOf, referenceOf))
}

function shown(
  { body, madeAt }: FinishedHere<Sent>,
  { me }: Kept,
  nameOf: (id: string) => string,
  referenceOf: (caseId: string) => string | undefined,
): Referral {
  const from = me.assignments.find(one => one.id === me.current?.assignment)?.organisation
  return {
    id: body.id,
    case: body.case,
    reference: referenceOf(body.case) ?? referenceHere(body.case),
    kind: body.kind,
    service: body.service ?? null,
    urgency: body.urgency,
    status: 'sent',
    place: body.place ?? null,
    from: { organisation: from?.id ?? '', name: from?.name ?? '' },
    to: { organisation: body.to, name: nameOf(body.to) },
    shared: [...body.share],
    sentAt: madeAt,
    // The clock for an answer begins when it arrives; screens show that it waits instead.
    warnAt: '',
    dueAt: '',
    answeredAt: null,
    version: 1,
    fromPerson: me.name,
    acknowledgedAt: null,
    ...(body.message === undefined ? {} : { message: body.message }),
    declineReason: null,
    offer: body.offer ?? null,
    placeTaken: null,
    expiresAt: null,
    beganAt: null,
    finishedAt: null,
    outcome: null,
    endReason: null,
    consent: body.consent,
    moves: [],
  }
}
