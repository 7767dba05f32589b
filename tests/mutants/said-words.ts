import type { Compartment } from '../oracle/world.ts'

// What every rule of the slices must answer, said a second time: who, standing how, opens which compartments. Undefined is
// a refusal. It shares no code with the product's policies; the words are those of the access table and the READMEs.

/** One person before one thing, as far as any rule asks. */
export interface Stand {
  readonly role: string
  readonly strong: boolean
  /** Whether there are any reasons at all; without, the rest of them is false. */
  readonly known: boolean
  readonly own: boolean
  readonly holder: boolean
  readonly assigned: boolean
  readonly accepted: boolean
  readonly referred: boolean
  /** What each live share opens, together. */
  readonly given: ReadonlySet<Compartment>
  readonly hasShare: boolean
  readonly held: ReadonlySet<Compartment>
  readonly told: ReadonlySet<Compartment>
  /** The folder names nobody as who is in charge; names them, as who is in charge, as who made it. */
  readonly alone: boolean
  readonly named: boolean
  readonly maker: boolean
  readonly fresh: boolean
  /** Whether they are the author, the other side, the second person of what is asked about. */
  readonly author: boolean
  readonly earlier: boolean
  /** Their organisation is the one that is asked about; and the one that sent. */
  readonly theirs: boolean
  readonly sender: boolean
  readonly competent: boolean
  readonly demanded: boolean
  readonly child: boolean | null
  readonly service: boolean
  /** The file that is asked about shows who the person is. */
  readonly paper: boolean
  /** The instrument is for them; there is one. */
  readonly usable: boolean
  readonly there: boolean
  readonly shared: boolean
  readonly place: boolean
  readonly judge: boolean
  readonly sameRole: boolean
  readonly byOfficer: boolean
  readonly toMe: boolean
  /** Of a task: about a case at all, and given to nobody by name. */
  readonly about: boolean
  readonly anyones: boolean
  readonly state: 'open' | 'taken' | 'done' | 'not-needed'
  /** What a basis opens at this moment. */
  readonly opens: ReadonlySet<Compartment>
}
export type Opened = readonly Compartment[] | undefined
export type Said = (it: Stand) => Opened

export const when =
  (yes: (it: Stand) => boolean, ...opens: Compartment[]): Said =>
  it =>
    yes(it) ? opens : undefined
export const of =
  (...roles: string[]) =>
  ({ role }: Stand) =>
    roles.includes(role)
export const all =
  (...each: ((it: Stand) => boolean)[]) =>
  (it: Stand) =>
    each.every(one => one(it))
export const any =
  (...each: ((it: Stand) => boolean)[]) =>
  (it: Stand) =>
    each.some(one => one(it))
export const within = (sets: ReadonlySet<Compartment>[], most: readonly Compartment[]) =>
  most.filter(one => sets.some(set => set.has(one)))

export const protects = of('data-protection-officer')
export const unitRoles = of('intake', 'coordinator', 'decision-maker')
export const services = of('provider', 'shelter-manager')
export const charge = all(of('coordinator'), it => it.assigned && it.named)
export const holds = all(of('intake', 'decision-maker'), it => it.holder)
export const judges = all(of('decision-maker'), it => it.holder)
/** In charge of the person: the coordinator; before there is one, who made the case, or intake of the unit that holds it. */
export const leads = any(
  charge,
  all(
    it => it.alone,
    any(
      all(of('officer', 'intake'), it => it.own && it.maker),
      all(of('intake'), it => it.holder),
    ),
  ),
)
export const unopened = all(of('intake'), it => it.own && it.maker && it.fresh)
export const met = all(of('officer', 'intake'), it => it.own && it.maker)
export const named = (it: Stand) => it.held.has('ID')
export const strong = (it: Stand) => it.strong
export const police = of('investigator', 'prosecutor')
export const place = any(holds, charge)
export const ofCare = when(charge, 'SVC', 'STA')
export const codes = (yes: (it: Stand) => boolean) => when(yes, 'STA')
export const only = (yes: (it: Stand) => boolean) => when(yes)
export const screens = of('officer', 'intake')
export const found = (it: Stand) => it.there
export const each = (names: string, said: Said) => Object.fromEntries(names.split(' ').map(name => [name, said]))
