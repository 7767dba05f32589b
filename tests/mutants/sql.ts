import type pg from 'pg'
import { changedWords, withoutOperands } from './expression.ts'

/** One change of what the database enforces, applied to a migrated database and taken back. */
export interface SqlMutant {
  /** Stable over runs: what is changed and how. */
  readonly name: string
  readonly table: string
  readonly command: string
  /** The policy whose condition on what is left behind was changed. */
  readonly checkOf?: Policy
  readonly changed?: string
  readonly apply: string
  readonly undo: string
}

export interface Policy {
  readonly table: string
  readonly name: string
  readonly restrictive: boolean
  readonly roles: string
  readonly command: string
  readonly using: string | null
  readonly check: string | null
}
export async function policiesOf(truth: pg.Client, table?: string): Promise<Policy[]> {
  const found = await truth.query(
    `select format('%I.%I', schemaname, tablename) as table, policyname as name, permissive = 'RESTRICTIVE' as restrictive,
       array_to_string(roles, ', ') as roles, lower(cmd) as command, qual as using, with_check as check
     from pg_policies where schemaname <> 'pgboss' and ($1::text is null or format('%I.%I', schemaname, tablename) = $1) order by 1, 2`,
    [table ?? null],
  )
  return found.rows
}

const created = ({ table, name, restrictive, roles, command, using, check }: Policy) =>
  `create policy ${name} on ${table} as ${restrictive ? 'restrictive' : 'permissive'} for ${command} to ${roles}
   ${using === null ? '' : `using (${using})`} ${check === null ? '' : `with check (${check})`}`

function ofPolicy(policy: Policy): SqlMutant[] {
  const { table, name, command, using, check, restrictive } = policy
  const one = (what: string, apply: string, undo: string): SqlMutant => ({
    name: `${table} ${name}: ${what}`,
    table,
    command,
    apply,
    undo,
  })
  const alter = (kind: 'using' | 'with check', text: string) => `alter policy ${name} on ${table} ${kind} (${text})`
  const of = (kind: 'using' | 'with check', text: string | null): SqlMutant[] =>
    text === null
      ? []
      : [
          ...(text === 'true' ? [] : [{ what: 'true', text: 'true' }]),
          { what: 'false', text: 'false' },
          ...withoutOperands(text),
          ...changedWords(text),
        ].map(change => ({
          ...one(`${kind} ${change.what}`, alter(kind, change.text), alter(kind, text)),
          ...(kind === 'with check' ? { checkOf: policy, changed: change.text } : {}),
        }))
  return [
    ...(restrictive ? [one('dropped', `drop policy ${name} on ${table}`, created(policy))] : []),
    ...of('using', using),
    ...of('with check', check),
  ]
}

/** The same mutants in the same order for the same schema; names are made different where two changes read alike. */
export async function sqlMutants(truth: pg.Client): Promise<SqlMutant[]> {
  const all = (await policiesOf(truth)).flatMap(ofPolicy)
  const seen = new Map<string, number>()
  const texts = new Set<string>()
  return all
    .filter(({ apply }) => !texts.has(apply) && texts.add(apply))
    .map(one => {
      const times = (seen.get(one.name) ?? 0) + 1
      seen.set(one.name, times)
      return times === 1 ? one : { ...one, name: `${one.name} #${times}` }
    })
}
