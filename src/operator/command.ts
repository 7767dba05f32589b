import { join } from 'node:path'
import { type Config, ConfigError, readConfig } from '#platform/config/config.ts'
import { type Cluster, startCluster } from '#platform/db/cluster.ts'

/** One operator command: takes the words after its name, says lines, answers the exit code. */
export type Command = (args: readonly string[], say: (line: string) => void) => Promise<number>

/** The configuration as the servers read it; which country is the environment's to say. */
export const operatorConfig = (): Config =>
  readConfig(
    process.env,
    process.env.SAMAAN_COUNTRY && process.env.SAMAAN_COUNTRY !== 'XSA' ? 'production' : 'demonstration',
  )

interface Reached {
  readonly urls: { readonly owner: string; readonly app: string; readonly jobs: string; readonly dump: string }
  readonly cluster: Cluster | undefined
  /** Leaves a server that was running before as it was; stops one that was started for the command. */
  leave(): Promise<void>
}
/** The database of a configuration: the named one, or the embedded one of the data folder. */
export async function reach(config: Config, say: (line: string) => void): Promise<Reached> {
  if (config.database) return { urls: config.database, cluster: undefined, leave: async () => {} }
  const cluster = await startCluster({ folder: join(config.dataFolder, 'postgres'), log: say })
  return {
    urls: cluster.urls,
    cluster,
    leave: async () => {
      if (cluster.started !== 'adopted') await cluster.stop()
    },
  }
}

/** @throws ConfigError naming the option that is missing */
export function required(value: string | undefined, option: string): string {
  if (!value) throw new ConfigError([`--${option} is needed`])
  return value
}
