import { chown, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerUser } from './cluster-user.ts'

// The server's log must hold no content: statements, parameters, row values in details, and messages built from
// data stay out of it. Only start, stop and crash reasons (FATAL, PANIC) are written.
const silent: Record<string, string> = {
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_autovacuum_min_duration: '-1',
  log_checkpoints: 'off',
  log_lock_waits: 'off',
  log_temp_files: '-1',
  log_disconnections: 'off',
  debug_print_plan: 'off',
  debug_print_parse: 'off',
  debug_print_rewritten: 'off',
  logging_collector: 'off',
}

const safe: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  data_sync_retry: 'off',
  wal_level: 'replica',
  max_wal_senders: '0',
  max_replication_slots: '4',
  max_wal_size: '512MB',
  password_encryption: 'scram-sha-256',
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, YMD',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.simple',
}

/**
 * Writes postgresql.conf and pg_hba.conf whole, so that a start never depends on what an earlier one left.
 * @param settings extra or other values, by PostgreSQL's own names
 */
export async function writeSettings(
  data: string,
  user: ServerUser,
  port: number,
  settings: Record<string, string> = {},
): Promise<void> {
  const all = { ...silent, ...safe, ...settings, port: String(port) }
  const lines = Object.entries(all).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new Error(`Not a setting's name: ${name}`)
    return `${name} = '${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
  })
  const note = '# Written at every start of the server: changes made here are lost.\n'
  const files = {
    'postgresql.conf': `${note}${lines.join('\n')}\n`,
    'pg_hba.conf': `${note}host all all 127.0.0.1/32 scram-sha-256\n`,
    'pg_ident.conf': note,
  }
  for (const [name, text] of Object.entries(files)) {
    const file = join(data, name)
    await writeFile(`${file}.part`, text, { mode: 0o600 })
    if (user.switch) await chown(`${file}.part`, user.uid, user.gid)
    await rename(`${file}.part`, file)
  }
}
