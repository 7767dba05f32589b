import { type GroupView, isShown, type RepeatView, type RowView, type ViewNode } from './view.ts'

/**
 * `question`: each question to itself, a group or row with the appearance `field-list` together; `group`: each group
 * or repeat at the top together, and the questions between them; `whole`: everything.
 */
export type PageMode = 'question' | 'group' | 'whole'

export interface Page {
  /** Path of the first thing on it; unique among pages, `…/+` where rows are added. */
  readonly id: string
  /** `rows`: the rows of a repeat, and a way to add one. */
  readonly kind: 'questions' | 'rows'
  /** Labels of the groups and repeats around it, outermost first. */
  readonly within: readonly string[]
  /** What to draw: only what is relevant and shown to people. */
  readonly nodes: readonly ViewNode[]
}

/** The form as pages, of what is relevant now. */
export function pagesOf(root: GroupView, mode: PageMode): readonly Page[] {
  if (mode === 'whole') return [{ id: '', kind: 'questions', within: [], nodes: root.children.filter(isShown) }]
  if (mode === 'group') return byGroup(root)
  const pages: Page[] = []
  for (const node of root.children) collect(node, [], pages)
  return pages
}

function byGroup(root: GroupView): Page[] {
  const pages: Page[] = []
  let loose: ViewNode[] = []
  const close = () => {
    if (loose.length > 0) pages.push({ id: loose[0]!.path, kind: 'questions', within: [], nodes: loose })
    loose = []
  }
  for (const node of root.children.filter(hasAny)) {
    if (node.kind === 'question') loose.push(node)
    else {
      close()
      pages.push({ id: node.path, kind: 'questions', within: [], nodes: [node] })
    }
  }
  close()
  return pages
}

function collect(node: ViewNode, within: readonly string[], pages: Page[]): void {
  if (!hasAny(node)) return
  if (node.kind === 'question') {
    pages.push({ id: node.path, kind: 'questions', within, nodes: [node] })
    return
  }
  const inside = node.label ? [...within, node.label] : within
  if (node.kind === 'repeat') rows(node, inside, pages)
  else if (node.appearance.includes('field-list')) {
    pages.push({ id: node.path, kind: 'questions', within: inside, nodes: node.children.filter(hasAny) })
  } else for (const child of node.children) collect(child, inside, pages)
}

function rows(repeat: RepeatView, within: readonly string[], pages: Page[]): void {
  for (const row of repeat.rows) collect(row, within, pages)
  if (!repeat.fixed) pages.push({ id: `${repeat.path}/+`, kind: 'rows', within, nodes: [repeat] })
}

/** Whether there is anything to draw in it. */
function hasAny(node: ViewNode): boolean {
  if (!isShown(node)) return false
  if (node.kind === 'question') return true
  if (node.kind === 'repeat') return !node.fixed || node.rows.some(hasAny)
  return (node satisfies GroupView | RowView).children.some(hasAny)
}
