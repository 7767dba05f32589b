import { uuidv7 } from '#platform/crypto/random.ts'
import type { Persona } from '../../../tests/harness/harness.ts'
import { type Said, type Subject, situation } from './contract.ts'
import { reasonOf } from './definition.ts'
import { standards } from './form.ts'
import { currentForm } from './instruments/shipped.ts'

/** A whole sheet: yes to everything but what is named, with a reason wherever one is asked for. */
export function answersFor(
  subject: Subject,
  change: Readonly<Record<string, Said>> = {},
  reason = 'Seen there.',
): Record<string, Record<string, string>> {
  const form = currentForm(subject)
  return Object.fromEntries(
    standards.map(standard => [
      standard,
      Object.fromEntries(
        form.standards[standard].flatMap(({ name }) => {
          const said = change[name] ?? 'yes'
          const missing = said === 'partly' || said === 'no'
          return [[name, said], ...(missing ? [[reasonOf(name), reason]] : [])]
        }),
      ),
    ]),
  )
}

type By = Pick<Persona, 'call'>
type About =
  | { readonly subject: 'provider'; readonly organisation: string }
  | { readonly subject: 'area'; readonly area: string }

/** An assessment that two people finished, saying the same. @returns its id */
export async function finished(
  first: By,
  second: By,
  about: About,
  change: Readonly<Record<string, Said>> = {},
  reason?: string,
): Promise<string> {
  const { id } = await first.call(situation.make, { body: { id: uuidv7(), ...about } })
  const params = { assessment: id }
  const body = { answers: answersFor(about.subject, change, reason) }
  await first.call(situation.handIn, { params, body })
  await second.call(situation.handIn, { params, body })
  const { version } = await first.call(situation.read, { params })
  await first.call(situation.finish, { params, version, body: {} })
  return id
}
