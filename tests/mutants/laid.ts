import { sha256 } from '#platform/crypto/hash.ts'
import { accountId, organisationId, type PersonKey, people, stableId } from '../../tools/demonstration/people.ts'

// A world that is laid down row by row, past every command: each reason that somebody can have for a case, alone, with
// every compartment alone, in force and over, and each way of being hidden. What no command would ever leave behind is in
// it on purpose: the second fence has to hold without the first.

export type Basis = 'own' | 'share' | 'holder' | 'assigned'
export interface Place {
  readonly principal: string
  readonly basis: Basis
  readonly mask: number
  readonly shared: number
  readonly accepted: boolean
  readonly live: boolean
}
export interface Glimpse {
  readonly principal: string
  readonly basis: 'break-glass' | 'order' | 'vital-interest' | 'consent'
  readonly id: string
  readonly mask: number
  readonly live: boolean
  /** Whose people it names. */
  readonly body: string
}
/** From one account, or from everybody who is not named. */
export interface Hidden {
  readonly account?: string
  readonly named: readonly string[]
  /** Hidden from everybody, because it is no more. */
  readonly erased?: true
}
export interface LaidCase {
  readonly id: string
  readonly name: string
  readonly holder?: string
  readonly country: string
  readonly child: boolean
  readonly places: readonly Place[]
  readonly glimpses: readonly Glimpse[]
  readonly hidden: readonly Hidden[]
  /** Who made it, and who the folder says is in charge. */
  readonly madeBy: string
  readonly coordinator?: string
  /** What the person's own codes opened, by the token of the visit. */
  readonly visits: readonly { readonly token: string; readonly live: boolean }[]
  /** The case that it was brought together with, and by whose people. */
  readonly leads?: { readonly to: string; readonly by: string }
  /** The flag that spares the look-up of what is hidden was not raised. */
  readonly stale: boolean
  /** Its rows come in every variation; of the others there is one of each kind. */
  readonly rich: boolean
}

export const unit = organisationId('counter-trafficking-unit')
export const shelter = organisationId('samaan-house')
export const clinic = organisationId('claro-clinic')
export const police = organisationId('police')
export const legalAid = organisationId('legal-aid')
/** Of another country. */
export const abroad = stableId('organisation abroad')
export const here = 'XSA'
export const there = 'XSB'
export const me = accountId

const all = 127
const bits = [1, 2, 4, 8, 16, 32, 64]
type Draft = Partial<Omit<LaidCase, 'id' | 'name'>>
const place = (principal: string, basis: Basis, mask = all, more: Partial<Place> = {}): Place => ({
  principal,
  basis,
  mask,
  shared: basis === 'share' ? 0 : mask,
  accepted: false,
  live: true,
  ...more,
})
const glimpse = (who: PersonKey, basis: Glimpse['basis'], mask = all, live = true): Glimpse => ({
  principal: me(who),
  basis,
  id: stableId(`glimpse ${who} ${basis} ${mask} ${live}`),
  mask,
  live,
  body: organisationId(people.find(one => one.key === who)!.body),
})
const over = { live: false }
const from = (who: PersonKey): Hidden => ({ account: me(who), named: [] })
const sealedFor = (...who: PersonKey[]): Hidden => ({ named: who.map(me) })

const drafts: Record<string, Draft> = { 'of nobody': { rich: true } }
const lay = (name: string, draft: Draft) => {
  drafts[name] = draft
}
const accounts = new Set<string>(people.map(one => accountId(one.key)))
/** Who has it by a reason of their own is who the folder names. */
const withPlace = (name: string, one: Place, more: Draft = {}) => {
  const named = accounts.has(one.principal)
  const maker = named && one.basis === 'own' ? { madeBy: one.principal } : {}
  const charge = named && one.basis === 'assigned' ? { coordinator: one.principal } : {}
  lay(name, { places: [one], ...maker, ...charge, ...more })
}
for (const [who, basis] of [
  ['marisol', 'own'],
  ['tobias', 'own'],
  ['dalia', 'own'],
  ['celeste', 'own'],
  ['dalia', 'assigned'],
  ['ines', 'assigned'],
] as const) {
  withPlace(`${basis} ${who}`, place(me(who), basis), { rich: who !== 'celeste' })
  withPlace(`${basis} ${who}, over`, place(me(who), basis, all, over), { rich: true })
  for (const mask of bits) withPlace(`${basis} ${who}, ${mask}`, place(me(who), basis, mask))
}
lay('own dalia, in charge no more', {
  places: [place(me('dalia'), 'own'), place(me('dalia'), 'assigned', all, over)],
  madeBy: me('dalia'),
  rich: true,
})
withPlace('holder unit', place(unit, 'holder'), { rich: true, holder: unit })
withPlace('holder unit, over', place(unit, 'holder', all, over), { rich: true })
for (const mask of bits) withPlace(`holder unit, ${mask}`, place(unit, 'holder', mask), { holder: unit })
lay('listed by the unit', { holder: unit })
lay('listed by the shelter', { holder: shelter })
for (const [name, org] of [
  ['shelter', shelter],
  ['clinic', clinic],
  ['unit', unit],
] as const) {
  const share = (what: string, more: Partial<Place>, mask = all, rich = false) =>
    withPlace(`share ${name}${what}`, place(org, 'share', mask, more), { rich })
  share('', {}, all, true)
  share(', accepted', { accepted: true }, all, true)
  share(', told', { shared: all }, all, true)
  share(', told and over', { shared: all, live: false }, all, true)
  share(', accepted and over', { accepted: true, live: false }, all, true)
  for (const mask of bits) share(`, told ${mask}`, { shared: mask }, mask)
  for (const mask of bits) share(`, accepted ${mask}`, { accepted: true }, mask)
}
// No command gives any of these.
for (const who of ['marisol', 'jonah', 'petra', 'odette', 'amara', 'silas', 'celeste'] as const) {
  withPlace(`holder ${who}`, place(me(who), 'holder'), { rich: true })
  withPlace(`in charge: ${who}`, place(me(who), 'assigned'), { rich: true })
  if (who !== 'marisol') withPlace(`made by ${who}`, place(me(who), 'own', all, { accepted: true }), { rich: true })
}
for (const who of ['marisol', 'dalia', 'ines', 'petra'] as const)
  withPlace(`share ${who}`, place(me(who), 'share', all, { shared: all, accepted: true }))
for (const [who, basis] of [
  ['dalia', 'break-glass'],
  ['kofi', 'break-glass'],
  ['celeste', 'break-glass'],
  ['petra', 'order'],
  ['leonie', 'order'],
  ['petra', 'vital-interest'],
  ['petra', 'consent'],
  ['kofi', 'order'],
  ['dalia', 'vital-interest'],
  ['leonie', 'vital-interest'],
  ['tobias', 'order'],
  ['jonah', 'order'],
  ['odette', 'order'],
  ['amara', 'order'],
  ['tobias', 'break-glass'],
  ['jonah', 'break-glass'],
  ['odette', 'break-glass'],
  ['amara', 'break-glass'],
] as const) {
  lay(`${basis} ${who}`, { glimpses: [glimpse(who, basis)], rich: basis !== 'break-glass' })
  lay(`${basis} ${who}, over`, { glimpses: [glimpse(who, basis, all, false)], rich: who === 'petra' })
  for (const mask of bits) lay(`${basis} ${who}, ${mask}`, { glimpses: [glimpse(who, basis, mask)] })
}
// Given to an organisation, which no command does.
lay('order unit', {
  glimpses: [
    { principal: unit, basis: 'order', id: stableId('glimpse unit order'), mask: all, live: true, body: police },
  ],
  rich: true,
})
// Whoever works for another body than the one that it names.
for (const basis of ['order', 'vital-interest', 'consent'] as const)
  lay(`${basis} petra, of another body`, {
    glimpses: [{ ...glimpse('petra', basis), id: stableId(`glimpse elsewhere ${basis}`), body: legalAid }],
    rich: true,
  })
withPlace('own tobias, nothing told', place(me('tobias'), 'own', all, { shared: 0 }), { rich: true })
withPlace('holder unit, nothing told', place(unit, 'holder', all, { shared: 0 }), { rich: true })
withPlace('made by celeste without codes', place(me('celeste'), 'own', 63, { accepted: true }), { rich: true })
const inside = {
  'assigned dalia': { places: [place(me('dalia'), 'assigned')], coordinator: me('dalia'), hidden: [from('dalia')] },
  'holder unit': { places: [place(unit, 'holder')], holder: unit, hidden: [sealedFor('tobias', 'dalia')] },
  'own marisol': { places: [place(me('marisol'), 'own')], hidden: [sealedFor()] },
  'own tobias': { places: [place(me('tobias'), 'own')], hidden: [from('tobias')] },
  'share shelter': { places: [place(shelter, 'share', all, { accepted: true })], hidden: [from('celeste')] },
  'break-glass dalia': { glimpses: [glimpse('dalia', 'break-glass', 79)], hidden: [from('dalia')] },
  'order petra': { glimpses: [glimpse('petra', 'order', 79)], hidden: [from('petra')] },
  'vital-interest petra': { glimpses: [glimpse('petra', 'vital-interest', 79)], hidden: [sealedFor('dalia')] },
  'data protection': { hidden: [from('wren')] },
  'erased, holder unit': { places: [place(unit, 'holder')], holder: unit, hidden: [{ named: [], erased: true }] },
} satisfies Record<string, Draft>
for (const [name, draft] of Object.entries(inside)) {
  lay(`hidden: ${name}`, { ...draft, rich: true })
}
// Of people who come nowhere else, since only the tables that ask again are held to what they show of these.
for (const [name, one] of [
  ['in charge', place(me('bastien'), 'assigned')],
  ['made', place(me('kofi'), 'own')],
  ['holds', place(me('rufus'), 'holder')],
  ['was given', place(clinic, 'share', all, { accepted: true })],
] as const) {
  const who = ({ assigned: 'bastien', own: 'kofi', holder: 'rufus', share: 'jonah' } as const)[one.basis]
  const named = one.basis === 'assigned' ? { coordinator: one.principal } : { madeBy: me('kofi') }
  lay(`hidden without the flag: ${name}`, { places: [one], hidden: [from(who)], stale: true, rich: true, ...named })
}
lay('hidden from another', { places: [place(me('marisol'), 'own')], hidden: [from('kofi')] })
lay('abroad, own marisol', { places: [place(me('marisol'), 'own')], country: there, rich: true })
lay('abroad, holder unit', { places: [place(unit, 'holder')], country: there, rich: true })
lay('abroad, order petra', { glimpses: [glimpse('petra', 'order', 65)], country: there, rich: true })
lay('of a child, own marisol', { places: [place(me('marisol'), 'own')], child: true, rich: true })
// In charge of the person is whom the folder names too; before anybody is, who made the case, and intake of the unit.
withPlace('in charge of another’s', place(me('dalia'), 'assigned'), { coordinator: me('bastien') })
withPlace('in charge, named by nobody', place(me('dalia'), 'assigned'), { coordinator: undefined })
withPlace('had once by who is named', place(me('dalia'), 'assigned', all, over), { holder: unit })
withPlace('named, not put in charge', place(me('dalia'), 'own'), { coordinator: me('dalia') })
withPlace('put in charge of what marisol made', place(me('marisol'), 'assigned'), {
  coordinator: undefined,
  madeBy: me('marisol'),
})
// Shared with the unit, and had once by who made it there: sees what was agreed to, and passes nothing on.
lay('share unit, own tobias over', {
  places: [place(me('tobias'), 'own', all, over), place(unit, 'share')],
  madeBy: me('tobias'),
  rich: true,
})
// The shelter took on something once and was asked again since: it sees what was agreed to, and helps with nothing.
lay('asked again: share shelter, accepted and over', {
  places: [place(shelter, 'share'), place(shelter, 'share', all, { accepted: true, live: false })],
})
// The unit had it once; who made it there still has it.
lay('own tobias, holder unit over', {
  places: [place(me('tobias'), 'own'), place(unit, 'holder', all, over)],
  madeBy: me('tobias'),
})
withPlace('own tobias, of another maker', place(me('tobias'), 'own'), { madeBy: me('kofi') })
withPlace('own marisol, of another maker', place(me('marisol'), 'own'), { madeBy: me('kofi') })
withPlace('own tobias, in charge is another', place(me('tobias'), 'own'), { coordinator: me('bastien') })
withPlace('own marisol, in charge is another', place(me('marisol'), 'own'), { coordinator: me('bastien') })
withPlace('holder unit, in charge is another', place(unit, 'holder'), { coordinator: me('bastien') })
withPlace('given to the shelter, made by marisol', place(shelter, 'share', all, { accepted: true }), {
  madeBy: me('marisol'),
})

// A code of the person's opened a visit: in force, over, of a case that is hidden, with and without the flag.
export const tokens = ['one', 'two', 'three', 'four'].map(one => sha256(`token ${one}`).toString('hex'))
const opened = (at: number, live = true) => [{ token: tokens[at]!, live }]
lay('on a visit', { visits: opened(0), rich: true })
lay('on a visit, over', { visits: opened(1, false) })
lay('on a visit, sealed', { visits: opened(2), hidden: [sealedFor('dalia')], rich: true })
// From nobody's account, which is whom the person's own page runs as: only what asks again is held to it.
const nobody = '00000000-0000-0000-0000-000000000000'
lay('on a visit, hidden without the flag', { visits: opened(3), hidden: [{ account: nobody, named: [] }], stale: true })

// Brought together with another, by the people of the unit, of another, hidden on either side.
const away = (name: string, to: string, one: Place, more: Draft = {}, by = unit) =>
  withPlace(`away: ${name}`, one, { leads: { to: stableId(`laid ${to}`), by }, ...more })
away('of the unit', 'holder unit', place(unit, 'holder'), { holder: unit })
away('of dalia', 'assigned dalia', place(me('dalia'), 'assigned'))
away('made by marisol', 'holder unit', place(me('marisol'), 'own'))
away('by the shelter', 'holder unit', place(me('dalia'), 'assigned'), {}, shelter)
away('hidden from dalia', 'holder unit', place(me('dalia'), 'assigned'), { hidden: [from('dalia')] })
away('to a hidden one', 'hidden: assigned dalia', place(me('dalia'), 'assigned'))
away('hidden without the flag', 'holder unit', place(unit, 'holder'), { hidden: [from('bastien')], stale: true })

export const laidCases: readonly LaidCase[] = Object.entries(drafts).map(([name, draft]) => ({
  id: stableId(`laid ${name}`),
  name,
  country: here,
  child: false,
  places: [],
  glimpses: [],
  hidden: [],
  madeBy: me('kofi'),
  visits: [],
  stale: false,
  rich: false,
  ...draft,
}))
export const laidCase: ReadonlyMap<string, LaidCase> = new Map(laidCases.map(one => [one.id, one]))
