import { type Bytes, decodeParcel, type ParcelContent, ParcelFlaw } from '#platform/sync/parcel-format.ts'
import { hashOf, sealToServer } from '../../src/staff/offline/parcel.ts'

/** A piece of work as a person remembers it: the same whatever parcel carried it. */
export interface Remembered {
  /** Id of the screening, consent, referral, interview or override. */
  readonly id: string
  readonly operation: string
  readonly case: string
  readonly owner: number
  /** Of the phone it was made on. */
  readonly n: number
  /** The parcel it was first put into. */
  readonly parcel: string
}

function contentIn(plain: Bytes): ParcelContent | undefined {
  try {
    return decodeParcel(plain).content
  } catch (error) {
    if (!(error instanceof ParcelFlaw)) throw error
    return undefined
  }
}
const bodyId = ({ body }: ParcelContent): string => (body as { id: string }).id

/** Everything that was ever written on the phones of a schedule, and what they were told became of it. */
export class Ledger {
  /** In order of making. */
  readonly works: Remembered[] = []
  /** By account and command: every wording that was signed under it. */
  readonly wordings = new Map<string, ParcelContent[]>()
  /** By account and command: what a phone was told is done. */
  readonly done = new Map<string, ParcelContent>()
  /** Parcels over which the server went down: what it did with them it may not know. */
  readonly died = new Set<string>()
  readonly wrongs: string[] = []
  private readonly sealed = new Map<string, ParcelContent>()

  /** Seals as a phone does, and remembers what is inside. Files are sealed the same way, and remembered by who picked them. */
  readonly seal = async (recipient: string, plain: Bytes): Promise<Bytes> => {
    const content = contentIn(plain)
    const bytes = await sealToServer(recipient, plain)
    if (!content) return bytes
    this.sealed.set(await hashOf(globalThis.crypto.subtle, bytes), content)
    const key = `${content.account} ${content.key}`
    this.wordings.set(key, [...(this.wordings.get(key) ?? []), content])
    return bytes
  }
  async contentOf(bytes: Bytes): Promise<ParcelContent> {
    return this.sealed.get(await hashOf(globalThis.crypto.subtle, bytes))!
  }
  wrong(text: string): void {
    this.wrongs.push(text)
  }
  told(content: ParcelContent): void {
    const key = `${content.account} ${content.key}`
    const before = this.done.get(key)
    if (before && JSON.stringify(before.body) !== JSON.stringify(content.body))
      this.wrong(`two wordings of ${content.operation} ${content.key} are both told done`)
    this.done.set(key, content)
  }
  /** Commands whose wordings carry this work. */
  commandsOf(work: string): string[] {
    return [...this.wordings].filter(([, all]) => all.some(one => bodyId(one) === work)).map(([key]) => key)
  }
  of(owner: number, operation: string, caseId?: string): Remembered[] {
    return this.works.filter(
      one => one.owner === owner && one.operation === operation && (!caseId || one.case === caseId),
    )
  }
}
