import type pg from 'pg'
import type { Config } from '../config/config.ts'
import type { CountryPack } from '../country/pack.ts'
import type { Keys } from '../crypto/keys.ts'
import type { Words } from '../words/words.ts'

/** What the server parts share; made once at start, handed to every handler. */
export interface Services {
  readonly config: Config
  readonly pool: pg.Pool
  /** Connections of their own for exports, so that no reader waits behind one. */
  readonly exportPool: pg.Pool
  readonly keys: Keys
  readonly packs: ReadonlyMap<string, CountryPack>
  readonly words: (language: string) => Words
  readonly now: () => Date
}
