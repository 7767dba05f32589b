import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { replaced } from './expression.ts'

/** One change of one source file of the access rules. */
export interface SourceMutant {
  readonly name: string
  readonly file: string
  readonly text: string
}
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export const root = fileURLToPath(new URL('../..', import.meta.url))
const roleNames = ['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'supervisor', 'investigator']
const compartments = ['ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA']
const purposes = ['identification', 'assistance', 'investigation', 'oversight', 'administration', 'statistics', 'self']

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'
function* nodesOf(node: Node, parents: readonly Node[] = []): Generator<[Node, readonly Node[]]> {
  yield [node, parents]
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* nodesOf(child, [...parents, node])
}
const swapped: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '>': '>=',
  '&': '|',
  '|': '&',
}
const ofTypes = /^TS|^ImportDeclaration$/

/** What may be changed at one node: the stretch, what stands there instead, and how that is called. */
function changesAt(node: Node, parents: readonly Node[], text: string): [Node, string, string][] {
  const said = (one: Node) => text.slice(one.start, one.end)
  const parent = parents.at(-1)
  const found: [Node, string, string][] = []
  const add = (one: Node, by: string, what: string) => found.push([one, by, what])
  if (node.type === 'LogicalExpression') {
    const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string }
    if (operator !== '??') {
      add(node, said(left), `without “${said(right)}”`)
      add(node, said(right), `without “${said(left)}”`)
      add(node, `(${said(left)}) ${operator === '&&' ? '||' : '&&'} (${said(right)})`, `${operator} turned`)
    }
  }
  if (node.type === 'BinaryExpression' && swapped[node.operator as string]) {
    const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string }
    add(node, `${said(left)} ${swapped[operator]} ${said(right)}`, `${swapped[operator]} for ${operator}`)
  }
  if (node.type === 'UnaryExpression' && node.operator === '!') add(node, said(node.argument as Node), 'without !')
  if (node.type === 'ConditionalExpression') {
    const { test, consequent, alternate } = node as unknown as Record<string, Node>
    add(node, said(consequent!), `always the first of “${said(test!)}”`)
    add(node, said(alternate!), `always the second of “${said(test!)}”`)
  }
  if (node.type === 'Property' && parent?.type === 'ObjectExpression') {
    const call = parents.at(-2)
    if (call?.type === 'CallExpression' && said(call.callee as Node) === 'allowIf')
      add(node.value as Node, 'true', `“${said(node.key as Node)}” not asked`)
  }
  if (node.type === 'CallExpression') {
    const callee = said(node.callee as Node)
    if (callee === 'deny') add(node, "({ allow: true, compartments: ['ID', 'STA'] } as const)", 'allow for deny')
    if (callee === 'allowIf' || callee === 'allow') add(node, "({ allow: false, reason: 'x' } as const)", 'deny')
  }
  if (node.type === 'ReturnStatement' && node.argument && !/^(allow|deny|allowIf)\(/.test(said(node.argument as Node)))
    add(node.argument as Node, `!(${said(node.argument as Node)})`, 'the opposite')
  if (node.type === 'IfStatement') add(node.test as Node, 'false', `never “${said(node.test as Node)}”`)
  if (node.type === 'Literal' && typeof node.value === 'string' && parent?.type !== 'ImportDeclaration') {
    const list = [roleNames, compartments, purposes].find(one => one.includes(node.value as string))
    const inList = parent?.type === 'ArrayExpression'
    if (list && parent?.type !== 'Property')
      for (const one of list.filter(each => each !== node.value).slice(0, inList ? 1 : 2))
        add(node, `'${one}'`, `${one} for ${node.value}`)
    if (list && inList && (parent!.elements as Node[]).length > 1) {
      const last = /^\s*,\s*/.exec(text.slice(node.end))?.[0].length
      const before = /,\s*$/.exec(text.slice(0, node.start))?.[0].length ?? 0
      const range =
        last === undefined ? { start: node.start - before, end: node.end } : { start: node.start, end: node.end + last }
      add({ ...node, ...range }, '', `without ${node.value}`)
    }
  }
  if (node.type === 'ArrayExpression') {
    const words = (node.elements as Node[]).map(one => one?.value)
    const list = [roleNames, compartments].find(one => words.some(word => one.includes(word as string)))
    for (const one of (list ?? []).filter(each => !words.includes(each)).slice(0, 3))
      add({ ...node, start: node.start + 1, end: node.start + 1 }, `'${one}', `, `${one} beside ${words.join(', ')}`)
  }
  if (node.type === 'Literal' && typeof node.value === 'number') {
    add(node, String(node.value === 0 ? 1 : 0), `${node.value === 0 ? 1 : 0} for ${node.value}`)
    if (node.value > 1) add(node, String(node.value * 2), `${node.value * 2} for ${node.value}`)
  }
  if (node.type === 'Literal' && typeof node.value === 'boolean') add(node, String(!node.value), `${!node.value}`)
  return found
}

export function sourceMutants(files: readonly string[]): SourceMutant[] {
  const seen = new Set<string>()
  return files.flatMap(file => {
    const text = readFileSync(`${root}/${file}`, 'utf8')
    const { program } = parseSync(file, text) as unknown as { program: Node }
    const found: SourceMutant[] = []
    for (const [node, parents] of nodesOf(program)) {
      if ([node, ...parents].some(one => ofTypes.test(one.type) && !/^TS(As|Satisfies|NonNull)/.test(one.type)))
        continue
      for (const [{ start, end }, by, what] of changesAt(node, parents, text)) {
        const changed = replaced(text, { from: start, to: end }, by)
        if (changed === text || seen.has(changed)) continue
        seen.add(changed)
        const line = text.slice(0, start).split('\n').length
        const name = `${file}:${line} ${what.replace(/\s+/g, ' ').slice(0, 90)}`
        const times = found.filter(one => one.name === name || one.name.startsWith(`${name} #`)).length
        found.push({ name: times === 0 ? name : `${name} #${times + 1}`, file, text: changed })
      }
    }
    return found
  })
}
