import type { screening } from '#capabilities/screening/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'

type ScreeningBody = In<(typeof screening.record)['body']>

/** How something was explained: in Spanish, face to face, a moment ago. */
export const explained = (textVersion: 'limits-1' | 'sharing-1') => ({
  textVersion,
  language: 'es',
  interpreter: 'none' as const,
  givenBy: 'person' as const,
  form: 'oral-certified' as const,
  saidAt: new Date().toISOString(),
})

/** A whole screening of an invented person; every id is fresh. */
export const screeningBody = (change: Partial<ScreeningBody> = {}): ScreeningBody => ({
  id: uuidv7(),
  case: uuidv7(),
  instrument: 'labour-sign-card',
  country: 'XSA',
  language: 'es',
  interpreter: 'none',
  placeSafe: true,
  danger: false,
  child: 'no',
  sector: 'agriculture',
  limitsTold: { id: uuidv7(), ...explained('limits-1') },
  signs: ['papers-with-other'],
  answers: { papers: 'yes' },
  worried: true,
  identity: { givenName: 'Yeferson', familyName: 'Quintanilla', age: 24, sex: 'male', phone: '+999 555 0142' },
  urgency: 'urgent',
  saidAt: new Date().toISOString(),
  ...change,
})
