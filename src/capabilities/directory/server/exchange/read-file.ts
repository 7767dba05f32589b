import { Problem } from '#platform/problem/problem.ts'
import type { Doc } from '../hsds/fields.ts'

const refuse = (code: string, limit?: number) =>
  new Problem('invalid-input', [{ field: 'file', code, ...(limit ? { limit } : {}) }])
const mostRows = 20_000

/** A thing of the file, and where in it that stands. */
export interface FileRow {
  readonly at: string
  readonly doc: Doc
  readonly is: 'service' | 'organization'
  /** What of it is another row already: its list of services, or the service that it is the place of. */
  readonly of?: string
}
const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)

/** UTF-8, with or without its mark. @throws Problem invalid-input `file` for another encoding and for what is no JSON */
function jsonOf(base64: string): unknown {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.includes(0) || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw refuse('utf-8')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse('utf-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw refuse('json')
  }
}

/**
 * The services and organisations of a file: a page of them, a list, or one alone; services at locations, and organisations with
 * their services, too.
 * @throws Problem invalid-input naming `file`
 */
export function readRows(base64: string): FileRow[] {
  const root = jsonOf(base64)
  const page = isDoc(root) && Array.isArray(root.contents)
  const list: unknown[] = page ? (root.contents as unknown[]) : Array.isArray(root) ? root : [root]
  const rows: FileRow[] = []
  for (const [index, doc] of list.entries()) {
    const at = page ? `contents.${index}` : Array.isArray(root) ? String(index) : '0'
    if (!isDoc(doc)) throw refuse('hsds')
    rows.push(...rowsOf(doc, at))
    if (rows.length > mostRows) throw refuse('too-many', mostRows)
  }
  if (rows.length === 0) throw refuse('hsds')
  return rows
}
function rowsOf(doc: Doc, at: string): FileRow[] {
  if (isDoc(doc.service)) {
    const { service, ...place } = doc
    return [{ at, is: 'service', doc: { ...(service as Doc), service_at_locations: [place] } }]
  }
  if ('status' in doc || 'organization' in doc || 'organization_id' in doc) return [{ at, is: 'service', doc }]
  const { services, ...organization } = doc
  const own = Array.isArray(services) ? services.filter(isDoc) : []
  return [
    { at, is: 'organization', doc: organization },
    ...own
      // Of some only the id is said.
      .filter(one => 'name' in one || 'status' in one)
      .map(
        (one, n): FileRow => ({ at: `${at}.services.${n}`, is: 'service', doc: { organization_id: doc.id, ...one } }),
      ),
  ]
}
