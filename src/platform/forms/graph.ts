import { limits } from './definition.ts'
import { flaw } from './flaw.ts'

const [clean, unsure, stale] = [0, 1, 2] as const

/**
 * Values that hang on others and are worked out again only when those change. Those with a rank are worked out after
 * every change, lowest rank first; those without one when somebody asks.
 */
export class Graph {
  observer: Memo<unknown> | null = null
  #waiting: Memo<unknown>[][] = []
  #work = 0

  /** @throws FormFlaw too-much-work once a single change takes more than `limits.work` */
  spend(steps: number): void {
    this.#work += steps
    if (this.#work > limits.work) flaw('too-much-work')
  }

  wait(memo: Memo<unknown>, rank: number): void {
    const waiting = this.#waiting[rank]
    if (waiting) waiting.push(memo)
    else this.#waiting[rank] = [memo]
  }

  /** Works out everything that waits; a memo may add others of a higher rank. */
  flush(): void {
    const waiting = this.#waiting
    for (let rank = 0; rank < waiting.length; rank++) {
      const here = waiting[rank]
      if (!here || here.length === 0) continue
      for (const memo of here) if (!memo.gone) memo.refresh()
      here.length = 0
    }
  }

  /** A new change begins. */
  begin(): void {
    this.#work = 0
  }

  untracked<T>(work: () => T): T {
    const { observer } = this
    this.observer = null
    try {
      return work()
    } finally {
      this.observer = observer
    }
  }
}

/** Something that memos read. */
export class Source {
  readonly graph: Graph
  readonly dependents = new Set<Memo<unknown>>()

  constructor(graph: Graph) {
    this.graph = graph
  }

  read(): void {
    this.graph.observer?.saw(this)
  }

  changed(): void {
    const waiting: Source[] = [this]
    let state: typeof stale | typeof unsure = stale
    for (let source = waiting.pop(); source; source = waiting.pop()) {
      for (const dependent of source.dependents) if (dependent.doubt(state)) waiting.push(dependent)
      state = unsure
    }
  }
}

export class Memo<T> extends Source {
  readonly rank: number | undefined
  readonly #compute: () => T
  readonly #same: (a: unknown, b: unknown) => boolean
  #value: T | undefined
  #known = false
  #state: 0 | 1 | 2 = stale
  #sources: Source[] = []
  #cursor = 0
  running = false
  gone = false

  constructor(graph: Graph, compute: () => T, rank?: number, same: (a: T, b: T) => boolean = Object.is) {
    super(graph)
    this.#compute = compute
    this.#same = same as (a: unknown, b: unknown) => boolean
    this.rank = rank
    if (rank !== undefined) graph.wait(this, rank)
  }

  /** The value, noted as read by whoever is being worked out. */
  get(): T {
    this.refresh()
    this.read()
    return this.#value as T
  }

  saw(source: Source): void {
    if (this.#sources[this.#cursor] === source) {
      this.#cursor++
      return
    }
    if (this.#cursor < this.#sources.length) this.#forget()
    source.dependents.add(this)
    this.#sources.push(source)
    this.#cursor++
  }

  /** @returns whether it was certain before */
  doubt(state: 1 | 2): boolean {
    const before = this.#state
    if (state > before) this.#state = state
    if (before !== clean) return false
    if (this.rank !== undefined) this.graph.wait(this, this.rank)
    return true
  }

  refresh(): void {
    if (this.#state === clean || this.running) return
    if (this.#state === unsure) {
      for (const source of this.#sources) {
        if (source instanceof Memo) source.refresh()
        if (this.isStale()) break
      }
      if (!this.isStale()) {
        this.#state = clean
        return
      }
    }
    this.#run()
  }

  isStale(): boolean {
    return this.#state === stale
  }

  #run(): void {
    const { graph } = this
    const { observer } = graph
    graph.spend(1)
    graph.observer = this
    this.running = true
    this.#cursor = 0
    try {
      const value = this.#compute()
      this.#state = clean
      const before = this.#value
      this.#value = value
      if (!this.#known || !this.#same(before, value)) {
        this.#known = true
        for (const dependent of this.dependents) dependent.doubt(stale)
      }
    } finally {
      this.running = false
      graph.observer = observer
      if (this.#cursor < this.#sources.length) this.#forget()
    }
  }

  /** Drops what was read last time beyond what has been read this time. */
  #forget(): void {
    const dropped = this.#sources.splice(this.#cursor)
    const few = this.#sources.length < 16
    const kept = few ? undefined : new Set(this.#sources)
    for (const source of dropped) {
      if (!(kept ? kept.has(source) : this.#sources.includes(source))) source.dependents.delete(this)
    }
  }

  drop(): void {
    this.gone = true
    this.#cursor = 0
    this.#forget()
  }
}
