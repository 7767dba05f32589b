import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [part: string]: unknown
}
interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const children = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

/** What only the server asks of an operation: it judges what comes in and writes the audit; browsers do neither. */
const serverOnly = new Set(['params', 'query', 'body', 'reply', 'audit', 'access', 'stepUp', 'largest'])

function cutOperations(code: string, node: Node, edits: Edit[]): void {
  const { callee, arguments: parts } = node as { callee?: Node; arguments?: Node[] }
  if (node.type === 'CallExpression' && (callee?.name === 'query' || callee?.name === 'command')) {
    for (const property of (parts?.[0]?.properties ?? []) as Node[]) {
      const { key } = property as { key?: Node }
      if (typeof key?.name === 'string' && serverOnly.has(key.name))
        edits.push({
          from: property.start,
          to: property.end + (/^\s*,/.exec(code.slice(property.end))?.[0].length ?? 0),
          text: '',
        })
    }
    return
  }
  for (const child of children(node)) cutOperations(code, child, edits)
}

/**
 * Says of each value that a contract computes at its top that computing it does nothing else, so that the bundler
 * leaves out the ones that nobody reads. Functions need no such word.
 */
function markPure(program: Node, edits: Edit[]): void {
  for (const statement of program.body as Node[]) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { init } of declaration.declarations as { init?: Node }[]) {
      if (!init || init.type === 'ArrowFunctionExpression' || init.type === 'Literal') continue
      edits.push({ from: init.start, to: init.start, text: '/* @__PURE__ */ (() => (' })
      edits.push({ from: init.end, to: init.end, text: '))()' })
    }
  }
}

/** A contract as browsers need it: each operation keeps its address, method, access and purposes, no schema. */
export function contractForBrowser(code: string, program: unknown): string {
  const edits: Edit[] = []
  markPure(program as Node, edits)
  cutOperations(code, program as Node, edits)
  // From the end, so that what comes before keeps its place.
  edits.sort((a, b) => b.from - a.from)
  return edits.reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), code)
}

const whole = '?whole'
const isContract = (file: string): boolean =>
  /\/src\/(platform|capabilities)\/.+\.ts$/.test(file) && readFileSync(file, 'utf8').includes("from 'zod/mini'")
const judges = (file: string): boolean =>
  /\/src\/.+\.tsx?$/.test(file) && /from '[^']*\/contract\/parse\.ts'/.test(readFileSync(file, 'utf8'))

/**
 * Leaves the schemas of contracts, and zod with them, on the server. Only a file that judges by itself what somebody
 * wrote, which is one that imports `platform/contract/parse.ts`, gets its contracts whole, as modules of their own.
 */
export function browserContracts(): Plugin {
  return {
    name: 'samaan-contracts',
    enforce: 'pre',
    async resolveId(name, from) {
      if (!from || !name.endsWith('.ts') || !(from.endsWith(whole) || judges(from))) return null
      const found = await this.resolve(name, from.replace(whole, ''), { skipSelf: true })
      return found && isContract(found.id) ? found.id + whole : found
    },
    load(id) {
      return id.endsWith(whole) ? { code: readFileSync(id.slice(0, -whole.length), 'utf8'), moduleType: 'ts' } : null
    },
    transform: {
      filter: { id: /\/src\/(platform|capabilities)\/.+\.ts$/, code: /from 'zod\/mini'/ },
      handler(code) {
        return { code: contractForBrowser(code, this.parse(code, { lang: 'ts' })), map: null }
      },
    },
  }
}
