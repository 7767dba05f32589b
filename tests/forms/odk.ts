import { mock } from 'node:test'
import { fileURLToPath } from 'node:url'
import { JSDOM } from 'jsdom'

/** What of a node of ODK's engine is looked at; its own types do not hold outside a browser. */
export interface OdkNode {
  readonly nodeType: string
  readonly currentState: {
    readonly reference: string
    readonly relevant: boolean
    readonly required: boolean
    readonly readonly: boolean
    readonly instanceValue?: string
    readonly children: readonly OdkNode[] | null
    readonly valueOptions?: readonly { readonly value: string }[] | null
    readonly label?: { readonly asString: string } | null
  }
  readonly validationState?: { readonly violation?: { readonly condition: string } | null }
  setValue(value: unknown): void
  setValues(values: readonly string[]): void
  selectValue(value: string | null): void
  selectValues(values: readonly string[]): void
  addInstances(after?: number): void
  removeInstances(index: number): void
}

const { window } = new JSDOM('<html></html>')
for (const name of [
  'DOMParser',
  'XMLSerializer',
  'Node',
  'Element',
  'Document',
  'document',
  'Attr',
  'Text',
  'Comment',
  'XMLDocument',
]) {
  Object.assign(globalThis, { [name]: window[name] })
}
Object.assign(globalThis, {
  window,
  __dirname: fileURLToPath(new URL('.', import.meta.resolve('@getodk/xforms-engine'))),
})
// Both sides get the same chance and the same clock.
mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 22, 10, 5, 7, 30) })
export const chance = 0.625
Math.random = () => chance
const engine = await import('@getodk/xforms-engine')

/**
 * A new set of answers in ODK's own engine. @param files texts of attached files by name
 * @throws what the engine finds wrong with the form
 */
export async function beginOdk(xform: string, files: ReadonlyMap<string, string> = new Map()): Promise<OdkNode> {
  const loaded = await engine.loadForm(xform, {
    fetchFormAttachment: resource => {
      const text = files.get(String(resource).split('/').at(-1)!)
      return Promise.resolve(
        new Response(text ?? '', {
          status: text === undefined ? 404 : 200,
          headers: { 'content-type': String(resource).endsWith('.csv') ? 'text/csv' : 'text/xml' },
        }),
      )
    },
  })
  if (loaded.status === 'failure') throw loaded.error
  return loaded.createInstance().root as unknown as OdkNode
}

/** Path of a node as our sessions write it: `group/repeat[2]/name`. */
export const pathIn = (node: OdkNode): string => node.currentState.reference.split('/').slice(2).join('/')

export function* nodesOf(node: OdkNode): Generator<OdkNode> {
  for (const child of node.currentState.children ?? []) {
    yield child
    yield* nodesOf(child)
  }
}
