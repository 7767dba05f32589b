import { reasonFor } from './equivalents.ts'
import { groupsOf } from './expression.ts'
import { type Ground, grantedTo, openGround } from './ground.ts'
import type { Surprise } from './judged.ts'
import { type Probes, probesOf } from './probe.ts'
import type { SqlMutant } from './sql.ts'
import { viewers } from './viewers.ts'

export type End =
  | { readonly end: 'killed'; readonly by: string }
  | { readonly end: 'equivalent'; readonly why: string }
  | { readonly end: 'invalid' | 'survived'; readonly why: string }

const verbOf = { select: ['reads'], insert: ['adds'], update: ['changes'], delete: ['removes'] } as const
const verbsOf = (command: string): readonly (keyof Probes)[] =>
  command === 'all' ? ['reads', 'adds', 'changes', 'removes'] : verbOf[command as keyof typeof verbOf]

const told = ({ viewer, table, what }: Surprise) => `${viewer} ${table}: ${what}`

type Asked = readonly [verb: keyof Probes, table: string]
interface Noticed {
  readonly asked: Asked
  readonly found: Surprise | Error
}
/** Everybody, until somebody sees or may what they must not, or the other way; or there is an error where there was an answer. */
async function notice(ground: Ground, probes: Probes, { table, command }: SqlMutant): Promise<Noticed | undefined> {
  // Others' policies may look at these rows.
  const others = command === 'select' || command === 'all' ? dependents(ground, table) : []
  const all: Asked[] = [
    ...verbsOf(command).map(verb => [verb, table] as const),
    ...others.map(one => ['reads', one] as const),
  ]
  for (const asked of all) {
    const [verb, of] = asked
    try {
      const found = await probes[verb](of)
      if (found) return { asked, found }
    } catch (error) {
      await ground.truth.query('rollback')
      return { asked, found: error as Error }
    }
  }
  return undefined
}

/** Applies a policy's mutant, asks everybody, and undoes it; what was noticed must not be there without it. */
export async function judgePolicy(ground: Ground, probes: Probes, mutant: SqlMutant): Promise<End> {
  const { table, command } = mutant
  const commands = command === 'all' ? ['select', 'insert', 'update', 'delete'] : [command]
  const granted = viewers.some(one => commands.some(verb => grantedTo(ground, one, table, verb).length > 0))
  if (!granted) return { end: 'equivalent', why: `nobody was granted ${command} on ${table}` }
  try {
    await ground.truth.query(mutant.apply)
  } catch (error) {
    return { end: 'invalid', why: (error as Error).message }
  }
  const noticed = await notice(ground, probes, mutant).finally(() => ground.truth.query(mutant.undo))
  if (noticed) {
    const { asked, found } = noticed
    const [verb, of] = asked
    const who = found instanceof Error ? viewers : viewers.filter(one => one.name === found.viewer)
    const before = await probes[verb](of, who)
    if (before) return { end: 'survived', why: `without it too, ${told(before)}` }
    return { end: 'killed', by: found instanceof Error ? found.message : told(found) }
  }
  if (isAskedBefore(ground, mutant))
    return { end: 'equivalent', why: 'the same was asked of the row before, of columns that nobody may change' }
  const why = reasonFor(mutant.name)
  return why ? { end: 'equivalent', why } : { end: 'survived', why: 'nobody saw or could do anything else' }
}
const conjunctsOf = (text: string): string[] => {
  const inner = unwrapped(text)
  const outer = groupsOf(inner)
    .filter(one => one.words.every(word => word.toLowerCase() === 'and'))
    .find(one => one.operands.some(each => each.from === 0) && one.operands.some(each => each.to === inner.length))
  return (outer ? outer.operands.map(({ from, to }) => inner.slice(from, to)) : [inner]).map(unwrapped)
}
function unwrapped(text: string): string {
  const bare = text.trim()
  if (!bare.startsWith('(') || !bare.endsWith(')')) return bare
  let depth = 0
  for (let at = 0; at < bare.length; at += 1) {
    if (bare[at] === '(') depth += 1
    if (bare[at] === ')') depth -= 1
    if (depth === 0 && at < bare.length - 1) return bare
  }
  return unwrapped(bare.slice(1, -1))
}
/**
 * What is asked of a row afterwards, word for word as it was asked before, and of no column that anybody may change, holds
 * afterwards as it held before: leaving it out or widening it changes nothing.
 */
function isAskedBefore(ground: Ground, { checkOf: policy, changed: text, command, table }: SqlMutant): boolean {
  if (!policy?.using || !policy.check || !text || command !== 'update') return false
  const before = conjunctsOf(policy.using)
  const left = conjunctsOf(text)
  const open = new Set(viewers.flatMap(one => grantedTo(ground, one, table, 'update')))
  return conjunctsOf(policy.check)
    .filter(one => !left.includes(one))
    .every(one => {
      const bare = one.replace(/'[^']*'/g, "''")
      return before.includes(one) && ![...open].some(column => new RegExp(`\\b${column}\\b`).test(bare))
    })
}
const looked =
  /^(policy\.|auth\.assignment|auth\.account|directory\.organisation|justice\.lead_share|screening\.interview|sync\.device)/
const dependents = ({ tables }: Ground, table: string) =>
  looked.test(table) ? [...tables.keys()].filter(one => one !== table) : []

export async function openPolicies(truth: Ground['truth']): Promise<{ ground: Ground; probes: Probes }> {
  const ground = await openGround(truth)
  await truth.query('set session_replication_role = replica')
  return { ground, probes: probesOf(ground) }
}
