import type { Refusal } from '#platform/contract/client.ts'

/** What somebody is told who asks for this: `done`, the fields that are wrong each with its code, or the code of the problem. */
export const refusal = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    ({ fields, code }: Refusal) => fields.map(one => `${one.field} ${one.code}`).join() || code,
  )
