import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { people } from '../tools/demonstration/people.ts'
import { histories, playHistory, type Told } from './oracle/history.ts'
import { projectionDifferences, rowDifferences } from './oracle/raw.ts'
import { openStage } from './oracle/stage.ts'
import { emptied } from './oracle/world.ts'

// Random histories: every answer's allow or deny, the lists and the raw rows at the end, against the oracle.
// SAMAAN_FULL=1 plays 500 of them; SAMAAN_SEED=<number> plays the ones of an earlier run again,
// SAMAAN_HISTORY=<number> prints what was done in one of them.
const runs = process.env.SAMAAN_FULL === '1' ? 500 : 40
const seed = Number(process.env.SAMAAN_SEED ?? Date.now() % 2_147_483_647)
/** Histories that share a database: what one left behind is of no concern to the next. */
const together = 8

test(`${runs} random histories agree with the oracle`, { timeout: 3_600_000 }, async t => {
  t.diagnostic(`seed ${seed}`)
  const found = new Map<string, { times: number; first: string }>()
  const note = (told: readonly Told[], where: string) => {
    for (const { kind, detail } of told) {
      const known = found.get(kind)
      if (known) known.times += 1
      else found.set(kind, { times: 1, first: `${where}: ${detail}` })
    }
  }
  const roleOf = (key: string) => people.find(one => one.key === key)!.role
  let answers = 0
  let rows = 0
  const samples = fc.sample(histories, { seed, numRuns: runs })
  for (let from = 0; from < samples.length; from += together) {
    const stage = await openStage()
    try {
      for (const [at, [begin, rest]] of samples.slice(from, from + together).entries()) {
        const where = `history ${from + at}`
        emptied(stage.world)
        const { told, log } = await playHistory(stage, [...begin, ...rest])
        answers += log.length
        if (process.env.SAMAAN_HISTORY === `${from + at}`) t.diagnostic(log.join('\n'))
        note(told, where)
        note(
          (await projectionDifferences(stage)).map(detail => ({ kind: detail.split(':')[0]!, detail })),
          where,
        )
        const { differences, compared } = await rowDifferences(stage)
        rows += compared
        note(
          differences.map(({ person, table, row, key, shown }) => ({
            kind: `${roleOf(person)} ${table}: ${shown ? 'shows but must not' : 'hides but must show'}`,
            detail: `${person} ${row.case ?? key}`,
          })),
          where,
        )
      }
    } finally {
      await stage.close()
    }
  }
  t.diagnostic(`${answers} answers, ${rows} rows compared`)
  const lines = [...found].map(([kind, { times, first }]) => `${times} × ${kind} [${first}]`)
  assert.ok(lines.length === 0, `seed ${seed}: ${lines.length} kinds of difference\n${lines.sort().join('\n')}`)
})
