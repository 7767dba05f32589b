import type { Compartment } from '../oracle/world.ts'
import type { Stand } from './said-words.ts'

// Everybody before everything: stands drawn from a seed, the same for every mutant, and the facts that they are to a rule.

export const me = '00000000-0000-7000-8000-000000000001'
const other = '00000000-0000-7000-8000-000000000002'
const mine = '00000000-0000-7000-8000-000000000003'
const another = '00000000-0000-7000-8000-000000000004'
const compartments: readonly Compartment[] = ['ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA']
const bits = { ID: 1, SVC: 2, HLT: 4, LOC: 8, INV: 16, WIT: 32, STA: 64 } as const
export const maskOf = (these: Iterable<Compartment>): number => [...these].reduce((mask, one) => mask | bits[one], 0)
export const roles = ['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager', 'supervisor']
  .concat(['investigator', 'prosecutor', 'secretariat', 'analyst', 'trainer', 'fund-officer', 'donor'])
  .concat(['administrator', 'data-protection-officer'])

/** Small, fast and the same everywhere: mulberry32. */
function drawn(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Half of what decides is true in most of them, so that one condition alone often decides. */
export function stands(seed: number, times: number): Stand[] {
  const next = drawn(seed)
  const found: Stand[] = []
  for (const role of roles)
    for (let at = 0; at < times; at += 1) {
      const often = [0.25, 0.5, 0.8][at % 3]!
      const yes = () => next() < often
      const some = (): ReadonlySet<Compartment> => {
        const kind = next()
        if (kind < 0.25) return new Set()
        if (kind < 0.5) return new Set(compartments)
        if (kind < 0.75) return new Set([compartments[Math.floor(next() * 7)]!])
        return new Set(compartments.filter(() => next() < 0.5))
      }
      const known = next() < 0.93
      const alone = next() < 0.3
      const hasShare = known && yes()
      found.push({
        role,
        known,
        alone,
        state: (['open', 'taken', 'done', 'not-needed'] as const)[at % 4]!,
        named: !alone && yes(),
        hasShare,
        strong: yes(),
        own: known && yes(),
        holder: known && yes(),
        assigned: known && yes(),
        accepted: known && yes(),
        referred: known && yes(),
        given: hasShare ? some() : new Set(),
        held: known ? some() : new Set(),
        told: known ? some() : new Set(),
        opens: some(),
        child: next() < 0.33 ? null : !yes(),
        shared: hasShare && yes(),
        ...(Object.fromEntries(
          ['maker', 'fresh', 'author', 'earlier', 'theirs', 'sender', 'competent', 'demanded', 'service']
            .concat(['paper', 'usable', 'there', 'place', 'judge', 'sameRole', 'byOfficer', 'toMe', 'about', 'anyones'])
            .map(name => [name, yes()]),
        ) as Record<'maker', boolean>),
      } as Stand)
    }
  return found
}

export const actorOf = ({ role, strong }: Stand) => ({
  user: me,
  assignment: other,
  role,
  organisation: mine,
  country: 'XSA',
  purpose: 'identification',
  strength: strong ? 2 : 1,
  provenAt: new Date(0),
  session: other,
})

/** One object with what any rule asks for; `permission` because two slices give one name to two things. */
export function factsOf(it: Stand, permission: string): Record<string, unknown> {
  const who = (yes: boolean) => (yes ? me : other)
  const where = (yes: boolean) => (yes ? mine : another)
  const given = maskOf(it.given)
  const found = { id: other, slot: 1, row: { whoMayUse: it.usable ? [it.role] : ['nobody'] } }
  const always = permission === 'screening.instrument' || permission === 'screening.xform'
  const there = <T>(value: T): T | undefined => (it.there ? value : undefined)
  const about = {
    access: it.known
      ? {
          ...{ own: it.own, holder: it.holder, assigned: it.assigned, accepted: it.accepted, referred: it.referred },
          ...{ held: maskOf(it.held), shared: maskOf(it.told), passes: maskOf(it.held) },
          shares: new Map(it.hasShare ? [[it.shared ? other : another, given]] : []),
        }
      : undefined,
    folder: {
      ...{ id: other, status: it.fresh ? 'new' : 'opened', identification: 'none', holder: null },
      ...{ coordinator: it.alone ? null : who(it.named), madeBy: who(it.maker) },
    },
  }
  // Whose account it is about, who asked, and where they work.
  if (/^(account|device|parcel)\./.test(permission))
    return {
      ...{ account: who(it.toMe), askedBy: who(it.author), maker: who(it.author), organisation: where(it.theirs) },
      organisations: [...(it.theirs ? [mine] : []), ...(it.sender ? [another] : [])],
    }
  // A match, a merge or a link is there for who asks, or it is not.
  if (permission.startsWith('matching.')) return { found: it.there, holds: it.place, by: there(who(it.author)) }
  if (permission.startsWith('situation.'))
    return {
      assessment: {
        state: it.state === 'done' ? 'finished' : it.state === 'taken' ? 'comparing' : 'open',
        organisation: where(it.theirs),
        first: who(it.author),
        second: it.anyones ? null : who(it.earlier),
      },
      owner: where(it.theirs),
    }
  return {
    ...about,
    decision: { by: who(it.author), state: 'proposed', earlier: [other, who(it.earlier)] },
    screening: { by: who(it.author) },
    wrote: it.author,
    found: always ? found : there(found),
    organisation: where(it.theirs),
    proposedBy: who(it.author),
    ...{ fromAccount: who(it.author), fromOrganisation: where(it.sender) },
    referral: {
      ...{ id: other, caseId: other, kind: it.service ? 'service' : 'identification' },
      status: it.accepted ? 'accepted' : 'sent',
      // What it shared when it was sent stands in it, whoever has access by now.
      shared: it.known ? given : maskOf(it.opens),
      ...{ fromAccount: who(it.author), fromOrganisation: where(it.sender), toOrganisation: where(it.theirs) },
    },
    kind: it.service ? 'service' : 'identification',
    ofCountry: it.service,
    worksThere: it.earlier,
    demanded: it.demanded,
    compartment: it.paper ? 'ID' : 'SVC',
    // Of what health workers write.
    ...{ clinic: it.usable, agreed: it.demanded },
    child: it.child,
    competent: it.competent,
    account: who(it.toMe),
    lead: there({ id: other, organisation: where(it.theirs) }),
    bar: it.usable ? { by: who(it.author) } : undefined,
    shared: it.shared,
    waiting: { by: who(it.author), to: [other, who(it.toMe)], state: 'proposed' },
    handed: there({ case: other }),
    opens: maskOf(it.opens),
    glass: there({ case: other, by: who(it.author), role: it.sameRole ? it.role : 'nobody', judge: it.judge }),
    sealing: there({
      ...{ case: other, by: who(it.author), state: 'proposed' },
      byRole: it.byOfficer ? 'data-protection-officer' : 'coordinator',
    }),
    erasure: there({ case: other, by: who(it.author) }),
    place: it.place,
    task: {
      ...{ state: it.state, madeBy: who(it.author), role: it.sameRole ? it.role : 'nobody' },
      ...{ account: it.anyones ? null : who(it.toMe), organisation: where(it.theirs) },
      ...{ endedBy: who(it.earlier), endedToday: it.judge },
    },
    about: it.about ? about : undefined,
  }
}
