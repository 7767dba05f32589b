import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { decisionBody, openedCase } from '../../../../../tests/harness/make.ts'
import { type Case, cases, type Step } from '../../contract.ts'
import { charge } from '../../contract-charge.ts'

export const day = 86_400_000
/** What came of a call: `done`, or the code of its problem. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
/** The fields that a call was refused for. */
export const fieldsOf = (promise: Promise<unknown>): Promise<string[]> =>
  promise.then(
    () => [],
    (error: { body?: { errors?: { field: string }[] } }) => (error.body?.errors ?? []).map(one => one.field),
  )
/** The kinds of the clocks that have not stopped. */
export const running = (found: Case): string[] =>
  found.clocks
    .filter(one => one.stoppedAt === null)
    .map(one => one.kind)
    .sort()
/** The last clock of a kind. */
export const clock = (found: Case, kind: string): Case['clocks'][number] =>
  found.clocks.filter(one => one.kind === kind).at(-1)!

/** The unit of the demonstration country at work on a server of its own. */
export async function unitAtWork() {
  const harness: Harness = await startHarness()
  const as = (key: 'ines' | 'rufus' | 'noemi' | 'dalia' | 'tobias') => harness.as(key)
  const [ines, rufus, noemi, dalia, tobias] = [
    await as('ines'),
    await as('rufus'),
    await as('noemi'),
    await as('dalia'),
    await as('tobias'),
  ]
  const read = (id: string, by: Persona = ines): Promise<Case> => by.call(cases.read, { params: { case: id } })
  const versionOf = async (id: string) => (await read(id, tobias)).version
  return {
    harness,
    ...{ ines, rufus, noemi, dalia, tobias },
    read,
    /** A case of the unit with Dalia in charge. */
    caseOfDalia: async (change: Parameters<typeof openedCase>[1] = {}): Promise<string> => {
      const id = await openedCase(harness, change)
      const body = { coordinator: dalia.account }
      await tobias.call(charge.assign, { params: { case: id }, version: await versionOf(id), body })
      return id
    },
    decide: async (by: Persona, id: string, outcome: 'positive' | 'negative', change: object = {}): Promise<string> => {
      const body = await decisionBody(ines, id, outcome, change)
      await by.call(cases.decide, { params: { case: id }, version: await versionOf(id), body })
      return body.id
    },
    second: async (
      by: Persona,
      id: string,
      decision: string,
      answer: 'confirmed' | 'returned' = 'confirmed',
    ): Promise<void> => {
      await by.call(cases.confirm, { params: { case: id, decision }, version: await versionOf(id), body: { answer } })
    },
    move: async (by: Persona, id: string, step: Step, change: object = {}): Promise<void> => {
      const body = { id: uuidv7(), move: step, reasons: 'As it was said on the phone.', ...change }
      await by.call(cases.move, { params: { case: id }, version: await versionOf(id), body })
    },
  }
}
