import { db } from '#platform/db/builder.ts'
import { Read, type Runnable } from '#platform/db/context.ts'

/** Shows the plan instead of running. */
export class Plan extends Read {
  override async all<Row>(query: Runnable<Row>): Promise<Row[]> {
    const { sql, parameters } = query.compile(db)
    const text = `explain (analyze, costs off, timing off, summary off, buffers off) ${sql}`
    const { rows } = await this.client.query<{ 'QUERY PLAN': string }>(text, [...parameters])
    return rows.map(row => row['QUERY PLAN']) as Row[]
  }
}
