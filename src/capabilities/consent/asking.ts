import type { In } from '#platform/contract/operation.ts'
import type { consent, forms, givers, interpreters } from './contract.ts'

/**
 * What can be agreed to beyond the coded data that always travel with a referral: who the person is, what they told, what
 * health workers write of them.
 */
export const shareable = ['ID', 'SVC', 'HLT'] as const
export type Shareable = (typeof shareable)[number]

/** Somebody the person is asked about. `nothing`: they are not to know at all. */
export interface Asked {
  readonly id: string
  /** Decides on identification; everybody else gives a service. */
  readonly competent: boolean
  readonly share: readonly (Shareable | 'nothing')[]
}

/** How it was said. */
export interface Said {
  readonly language: string
  readonly interpreter: (typeof interpreters)[number]
  readonly givenBy: (typeof givers)[number]
  readonly childAssent?: boolean
  readonly form: (typeof forms)[number]
  readonly saidAt: string
}

export const mayKnow = (asked: readonly Asked[]): readonly Asked[] =>
  asked.filter(one => !one.share.includes('nothing'))

/** What must be kept from somebody, and everything there is where they are not to know at all. */
export const keptFrom = ({ share }: Pick<Asked, 'share'>): readonly (Shareable | 'STA')[] =>
  share.includes('nothing') ? [...shareable, 'STA'] : shareable.filter(one => !share.includes(one))

/**
 * The record of a yes. One record stands for all recipients, so what one of them may see and another may not is
 * withheld by name; who is not to know at all is written down as well, and is no recipient.
 * @param months until it ends by itself; 0 for as long as the person does not change their mind
 */
export function givenBody(
  id: string,
  asked: readonly Asked[],
  said: Said,
  months: number,
): In<typeof consent.give.body> {
  const recipients = mayKnow(asked)
  const union = shareable.filter(one => recipients.some(({ share }) => share.includes(one)))
  const withhold = asked
    .map(one => ({ recipient: one.id, compartments: [...keptFrom(one)] }))
    .filter(({ compartments }) => compartments.length > 0)
  return {
    id,
    textVersion: 'sharing-1',
    ...said,
    purposes: [
      ...(recipients.some(one => one.competent) ? (['identification'] as const) : []),
      // What health workers write is read for the person's care alone, by whomever.
      ...(union.includes('HLT') || recipients.some(one => !one.competent) ? (['services'] as const) : []),
    ],
    recipients: recipients.map(one => one.id),
    compartments: [...union, 'STA'],
    withhold,
    ...(months > 0 && { months }),
  }
}
