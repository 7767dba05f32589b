import type { cases, Identity } from '#capabilities/cases/contract.ts'
import type { consent } from '#capabilities/consent/contract.ts'
import type { referrals } from '#capabilities/referrals/contract.ts'
import type { feedback } from '#capabilities/referrals/contract-feedback.ts'
import type { screening } from '#capabilities/screening/contract.ts'
import type { In } from '#platform/contract/operation.ts'

type Screened = In<(typeof screening.record)['body']>
type Consented = In<(typeof consent.give)['body']>
type Sent = In<(typeof referrals.send)['body']>

/** One invented case as far as it has come; what is left out has not happened yet. */
export interface SampleCase {
  readonly officer: 'marisol' | 'kofi'
  /** Hours before now at which the person was spoken with. */
  readonly hoursAgo: number
  readonly screened: Pick<
    Screened,
    'language' | 'interpreter' | 'child' | 'sector' | 'worried' | 'story' | 'urgency'
  > & {
    readonly identity: Identity
    /** Of the labour card. */
    readonly signs: readonly string[]
    /** What else was noticed. */
    readonly noticed?: string
    /** In the short screen; none where no questions were asked. */
    readonly answers: Readonly<Record<string, 'yes' | 'no' | 'unknown' | 'not-said'>>
  }
  /** What the person said when asked whether it may be shared; by default they were not asked. */
  readonly answer?: 'no' | (Pick<Consented, 'givenBy' | 'childAssent'> & { readonly recipients: readonly string[] })
  /** To the unit. */
  readonly referral?: { readonly message: string; readonly acknowledged?: true }
  readonly opened?: {
    readonly answer: string
    readonly coordinator: 'dalia' | 'bastien'
    readonly indicators?: In<(typeof screening.complete)['body']>['answers']
    readonly note?: string
  }
  /** It rests on the screening; `why` says why that matters. */
  readonly decided?: Omit<In<(typeof cases.decide)['body']>, 'id' | 'outcome' | 'evidence'> & { readonly why: string }
  readonly service?: {
    readonly to: string
    readonly kind: NonNullable<Sent['service']>
    readonly urgency: Sent['urgency']
    readonly message: string
    readonly by?: 'celeste'
    readonly accepted?: string
    readonly declined?: In<(typeof referrals.decline)['body']>
    /** The help began, and this is what the person said of it to their coordinator. */
    readonly told?: In<(typeof feedback.tell)['body']>
  }
  /** One help that several are asked for, one after another; who is first says no. */
  readonly round?: {
    readonly service: NonNullable<Sent['service']>
    readonly to: readonly string[]
    readonly urgency: Sent['urgency']
    readonly message: string
    readonly by: 'celeste'
    readonly declined: In<(typeof referrals.decline)['body']>
  }
}

const unit = 'counter-trafficking-unit'
const person = { givenBy: 'person' } as const

/** People and stories are invented; nobody in them is anybody. */
export const sampleCases: readonly SampleCase[] = [
  {
    officer: 'marisol',
    hoursAgo: 30,
    screened: {
      language: 'en',
      interpreter: 'none',
      child: 'no',
      sector: 'hospitality',
      signs: ['no-contract', 'long-hours'],
      answers: { promises: 'yes', debt: 'no', papers: 'no', contact: 'no' },
      worried: false,
      story:
        'She cleans rooms at a guest house and is often paid late. She wanted to know her rights and took the leaflet.',
      urgency: 'routine',
      identity: { givenName: 'Lorna', age: 38, sex: 'female' },
    },
  },
  {
    officer: 'kofi',
    hoursAgo: 26,
    screened: {
      language: 'es',
      interpreter: 'by-phone',
      child: 'no',
      sector: 'construction',
      signs: ['others-speak', 'unfit-housing'],
      answers: { promises: 'not-said', housing: 'yes', contact: 'no' },
      worried: true,
      story: 'Prefiere pensarlo con calma. Sabe a qué número llamar y que puede volver cuando quiera.',
      urgency: 'routine',
      identity: { sex: 'male', language: 'es' },
    },
    answer: 'no',
  },
  {
    officer: 'marisol',
    hoursAgo: 3,
    screened: {
      language: 'en',
      interpreter: 'none',
      child: 'no',
      sector: 'fishing',
      signs: ['papers-with-other', 'lives-at-work', 'depends-on-employer'],
      answers: { promises: 'yes', debt: 'yes', papers: 'yes', contact: 'no' },
      worried: true,
      story:
        'He sleeps on the boat between trips. The captain keeps his passport “for safety” and has not paid him since June.',
      urgency: 'urgent',
      identity: { givenName: 'Amos', familyName: 'Tarrant', age: 27, sex: 'male', safeToCall: 'text-only' },
    },
    answer: { ...person, recipients: [unit] },
    referral: { message: 'The boat goes out again on Friday. He would rather be met away from the harbour.' },
  },
  {
    officer: 'kofi',
    hoursAgo: 5,
    screened: {
      language: 'es',
      interpreter: 'in-person',
      child: 'no',
      sector: 'domestic-work',
      signs: ['lives-at-work', 'kept-in', 'no-pay-in-hand'],
      answers: { promises: 'yes', contact: 'yes', papers: 'yes', 'made-to-earn': 'no' },
      worried: true,
      story: 'Cuida a dos niños y no tiene día libre. Quiere hablar con su hermana, que no sabe dónde está.',
      urgency: 'urgent',
      identity: { givenName: 'Maritza', familyName: 'Olivares', age: 22, sex: 'female', language: 'es' },
    },
    answer: { ...person, recipients: [unit] },
    referral: { message: 'Pide hablar con una mujer y en español.', acknowledged: true },
  },
  {
    officer: 'marisol',
    hoursAgo: 50,
    screened: {
      language: 'en',
      interpreter: 'none',
      child: 'no',
      sector: 'agriculture',
      signs: ['fines-debt', 'long-hours', 'unfit-housing'],
      answers: { promises: 'yes', debt: 'yes', 'for-others': 'no', housing: 'yes' },
      worried: true,
      story: 'He picks peppers and owes the recruiter for his ticket. Every week something is taken off his pay.',
      urgency: 'urgent',
      identity: { givenName: 'Desmond', familyName: 'Achebe', age: 33, sex: 'male', phone: '+999 000 7311' },
    },
    answer: { ...person, recipients: [unit, 'casa-puente'] },
    referral: { message: 'He is free after six and knows that we may call.' },
    opened: {
      answer: 'Thank you. Dalia Moreau will call him tonight.',
      coordinator: 'dalia',
      indicators: { 'exploited-hours': 'yes', 'exploited-low-pay': 'yes' },
      note: 'Spoke on the phone. He would like to learn to drive, and to see his pay slips before he decides anything.',
    },
    service: {
      to: 'casa-puente',
      kind: 'food',
      urgency: 'routine',
      message: 'A parcel for one, no pork. He collects it himself.',
    },
  },
  {
    officer: 'kofi',
    hoursAgo: 72,
    screened: {
      language: 'es',
      interpreter: 'none',
      child: 'no',
      sector: 'entertainment',
      signs: ['escorted', 'papers-with-other', 'fines-debt'],
      answers: { promises: 'yes', debt: 'yes', papers: 'yes', 'told-to-lie': 'yes' },
      worried: true,
      story: 'Le prometieron trabajo en un restaurante. Ahora está tranquila y quiere terminar sus estudios de cocina.',
      urgency: 'urgent',
      identity: { givenName: 'Rosalba', familyName: 'Peñate', age: 24, sex: 'female', language: 'es' },
    },
    answer: { ...person, recipients: [unit, 'samaan-house'] },
    referral: { message: 'Está en la comisaría con una compañera; puede esperar hasta la noche.' },
    opened: {
      answer: 'Vamos a buscarla.',
      coordinator: 'dalia',
      note: 'Duerme mejor. Preguntó por un curso de cocina.',
    },
    decided: {
      acts: ['recruitment', 'transportation'],
      means: ['deception', 'abuse-of-vulnerability'],
      exploitations: ['forced-labour'],
      grounds: {
        act: 'Respondió a un anuncio de un restaurante, y otra persona pagó su billete.',
        means: 'El trabajo era otro, y le guardaron los papeles por una deuda que no conocía.',
        purpose: 'Trabajaba todas las noches para pagar esa deuda, sin recibir nada.',
      },
      why: 'Lo contó ella misma, con sus palabras.',
      reasons: 'Lo que contó coincide con el anuncio, los mensajes y el billete que pagó otra persona.',
    },
    service: {
      to: 'samaan-house',
      kind: 'safe-accommodation',
      urgency: 'urgent',
      message: 'Una habitación tranquila, si puede ser.',
      by: 'celeste',
      accepted: 'La esperamos. Hay una habitación que da al jardín.',
      told: {
        ...{ respect: 'yes', explained: 'yes', agreed: 'partly', safe: 'yes', again: null },
        words: 'La habitación es tranquila. Le gustaría una llave propia.',
      },
    },
  },
  {
    officer: 'marisol',
    hoursAgo: 20,
    screened: {
      language: 'es',
      interpreter: 'in-person',
      child: 'yes',
      sector: 'retail',
      signs: ['others-speak', 'long-hours'],
      noticed: 'He looked to the stall’s owner before every answer.',
      // Children are not asked.
      answers: {},
      worried: true,
      story: 'Ayuda en un puesto del mercado y no va a la escuela. Le gusta dibujar barcos. Su tía vive en la isla.',
      urgency: 'urgent',
      identity: { givenName: 'Nico', age: 14, sex: 'male', language: 'es' },
    },
    answer: { givenBy: 'guardian', childAssent: true, recipients: [unit, 'childrens-authority'] },
    referral: { message: 'Está con su tía, que dio su acuerdo. Él también quiere.' },
    opened: { answer: 'Vamos con alguien de la Autoridad de la Infancia.', coordinator: 'bastien' },
    service: {
      to: 'childrens-authority',
      kind: 'child-care-guardianship',
      urgency: 'urgent',
      message: 'Quiere quedarse con su tía. Pregunta cuándo empieza la escuela.',
    },
  },
  {
    officer: 'marisol',
    hoursAgo: 44,
    screened: {
      language: 'en',
      interpreter: 'none',
      child: 'no',
      sector: 'manufacturing',
      signs: ['no-pay-in-hand', 'unsafe-work', 'depends-on-employer'],
      answers: { promises: 'yes', debt: 'no', housing: 'yes' },
      worried: true,
      story: 'She sews for a small workshop and lives above it with her sister. They want to leave together.',
      urgency: 'urgent',
      identity: { givenName: 'Imelda', familyName: 'Crowther', age: 41, sex: 'female' },
    },
    answer: { ...person, recipients: [unit, 'samaan-house', 'claro-clinic'] },
    referral: { message: 'Her sister is with her. Please think of both.' },
    opened: { answer: 'We have room for both on our side of the table.', coordinator: 'dalia' },
    service: {
      to: 'samaan-house',
      kind: 'safe-accommodation',
      urgency: 'urgent',
      message: 'Two sisters who would like to stay together.',
      by: 'celeste',
      declined: { reason: 'no-place', answer: 'Only single rooms until Sunday. After that, gladly.' },
    },
    round: {
      service: 'psychosocial',
      to: ['samaan-house', 'claro-clinic'],
      urgency: 'routine',
      message: 'They would like to talk to somebody, together, in their own language.',
      by: 'celeste',
      declined: { reason: 'language', answer: 'Nobody here speaks it until the end of the month.' },
    },
  },
]
