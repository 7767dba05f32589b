import type { AuditEvent } from '../../audit/event.ts'
import { eventInsert } from '../../audit/record.ts'
import { db, sql } from '../../db/builder.ts'
import { type Fence, openText, type Read, type Tx } from '../../db/context.ts'
import type { Purpose, Role } from '../../policy/roles.ts'

/** Before there is an actor, and for a person's own account: platform/auth's tables and nothing else. */
export const signInFence: Fence = {
  user: '00000000-0000-0000-0000-000000000000',
  principals: [],
  compartments: 0,
  country: 'ZZZ',
  role: 'sign-in',
}

/**
 * Undoes the request so far and commits this instead, on the same connection: a failed try must be counted although
 * its request fails. A second connection would let failed tries use up the pool and wait for each other.
 */
export async function commitInstead(tx: Tx, work: (tx: Tx) => Promise<void>): Promise<void> {
  await tx.client.query('rollback')
  await tx.client.query(openText(signInFence, true))
  await work(tx)
  await tx.client.query('commit')
}

export async function writeEvent(tx: Tx, event: AuditEvent): Promise<void> {
  const { text, values } = eventInsert(event)
  await tx.client.query({ name: 'audit', text, values })
}

// Accounts and what they may act as

export const findAccount = (read: Read, id: string) =>
  read.maybe(
    db
      .selectFrom('auth.account')
      .select(['id', 'name', 'email', 'language', 'status', 'created_at'])
      .where('id', '=', id),
  )

/** By e-mail, whatever the capitals, with the password if there is one. */
export const findByEmail = (read: Read, email: string) =>
  read.maybe(
    db
      .selectFrom('auth.account as p')
      .leftJoin('auth.password as w', 'w.account_id', 'p.id')
      .select(['p.id', 'p.status', 'w.hash', 'w.totp', 'w.totp_step'])
      .where(sql<string>`lower(p.email)`, '=', sql<string>`lower(${email})`),
  )

export const emailTaken = async (read: Read, email: string): Promise<boolean> =>
  (await read.maybe(
    db.selectFrom('auth.account').select('id').where(sql<string>`lower(email)`, '=', sql<string>`lower(${email})`),
  )) !== undefined

/** An account's assignments that it can work in now, in organisations that are active; oldest first. */
export const liveAssignments = async (read: Read, account: string) =>
  (await assignmentsUntilNow(read, account)).filter(one => !one.waiting)

/** The same with those that wait for a second person. */
export const assignmentsUntilNow = (read: Read, account: string) =>
  read.all(
    db
      .selectFrom('auth.assignment as a')
      .innerJoin('directory.organisation as o', 'o.id', 'a.organisation_id')
      .select(['a.id', 'a.country', 'a.until', 'o.id as organisation', 'o.name', 'o.kind'])
      .select(eb => eb.ref('a.role').$castTo<Role>().as('role'))
      .select(sql<boolean>`a.confirmed_at is null`.as('waiting'))
      .where('a.account_id', '=', account)
      .where('a.until', '>', sql<Date>`now()`)
      .where('o.active', '=', true)
      .orderBy('a.id'),
  )

export const setLanguage = (tx: Tx, account: string, language: string) =>
  tx.run(db.updateTable('auth.account').set({ language }).where('id', '=', account))

export const activateAccount = (tx: Tx, account: string) =>
  tx.run(
    db
      .updateTable('auth.account')
      .set({ status: 'active', disabled_at: null, version: sql`version + 1` })
      .where('id', '=', account),
  )

/** The people of the demonstration who can be signed in as, with what they do. */
export const demonstrationPeople = (read: Read) =>
  read.all(
    db
      .selectFrom('auth.account as p')
      .innerJoin('auth.assignment as a', 'a.account_id', 'p.id')
      .innerJoin('directory.organisation as o', 'o.id', 'a.organisation_id')
      .select(['p.id', 'p.name', 'o.name as organisation'])
      .select(eb => eb.ref('a.role').$castTo<Role>().as('role'))
      .where('p.status', '=', 'active')
      .where('a.until', '>', sql<Date>`now()`)
      .where('a.confirmed_at', 'is not', null)
      .orderBy('a.id')
      .limit(500),
  )

// Sessions

export interface NewSession {
  id: string
  token_hash: Buffer
  account_id: string
  assignment_id: string | null
  purpose: Purpose | null
  proven_at: Date
  device: string
  demonstration: boolean
  hours: number
}
export const insertSession = (tx: Tx, { hours, ...session }: NewSession) =>
  tx.run(
    db.insertInto('auth.session').values({
      ...session,
      strength: 2,
      ends_at: sql<Date>`now() + make_interval(hours => ${hours})`,
    }),
  )

/** Gives a session another token and role. False when it is not that account's, or has ended. */
export const changeSession = async (
  tx: Tx,
  id: string,
  account: string,
  to: { token_hash: Buffer; assignment_id: string; purpose: Purpose },
): Promise<boolean> =>
  (await tx.run(
    db
      .updateTable('auth.session')
      .set(to)
      .where('id', '=', id)
      .where('account_id', '=', account)
      .where('ended_at', 'is', null),
  )) === 1

export const proveSession = (tx: Tx, id: string, account: string, at: Date) =>
  tx.run(db.updateTable('auth.session').set({ proven_at: at }).where('id', '=', id).where('account_id', '=', account))

export const listSessions = (read: Read, account: string, idleMinutes: number) =>
  read.all(
    db
      .selectFrom('auth.session')
      .select(['id', 'device', 'created_at', 'seen_at', 'ends_at', 'demonstration'])
      .where('account_id', '=', account)
      .where('ended_at', 'is', null)
      .where('ends_at', '>', sql<Date>`now()`)
      .where('seen_at', '>', sql<Date>`now() - make_interval(mins => ${idleMinutes})`)
      .orderBy('created_at', 'desc')
      .limit(100),
  )

/** Ends one session of an account, or all of them; answers how many stood. */
export const endSessions = (tx: Tx, account: string, id?: string): Promise<number> =>
  tx.run(
    db
      .updateTable('auth.session')
      .set({ ended_at: sql<Date>`now()` })
      .where('account_id', '=', account)
      .where('ended_at', 'is', null)
      .$if(id !== undefined, q => q.where('id', '=', id!)),
  )

// Challenges

export type ChallengeKind = 'sign-in' | 'invitation' | 'passkey' | 'password' | 'step-up'
export interface NewChallenge {
  id: string
  kind: ChallengeKind
  challenge: string
  about: string | null
  totp: Buffer | null
  minutes: number
}
/** Keeps a challenge, and forgets those that nobody answered. */
export async function insertChallenge(tx: Tx, { minutes, ...challenge }: NewChallenge): Promise<void> {
  // Passing over what another request is forgetting: two of them must not wait for each other.
  const old = db
    .selectFrom('auth.challenge')
    .select('id')
    .where('expires_at', '<', sql<Date>`now()`)
    .limit(100)
    .forUpdate()
    .skipLocked()
  await tx.run(db.deleteFrom('auth.challenge').where('id', 'in', old))
  await tx.run(
    db.insertInto('auth.challenge').values({
      ...challenge,
      expires_at: sql<Date>`now() + make_interval(mins => ${minutes})`,
    }),
  )
}
/** A challenge is answered once: taken, it is gone (if the request succeeds). */
export const takeChallenge = (tx: Tx, id: string, kind: ChallengeKind, about: string | null) =>
  tx.maybe(
    db
      .deleteFrom('auth.challenge')
      .where('id', '=', id)
      .where('kind', '=', kind)
      .where('about', 'is not distinct from', about)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['challenge', 'totp']),
  )

// Ways in

export const findPasskey = (read: Read, credential: Buffer) =>
  read.maybe(
    db
      .selectFrom('auth.passkey as k')
      .innerJoin('auth.account as p', 'p.id', 'k.account_id')
      .select(['k.credential_id', 'k.public_key', 'k.counter', 'k.account_id', 'p.status'])
      .where('k.credential_id', '=', credential),
  )

export const listPasskeys = (read: Read, account: string) =>
  read.all(
    db
      .selectFrom('auth.passkey')
      .select(['credential_id', 'label', 'transports', 'created_at', 'used_at'])
      .where('account_id', '=', account)
      .orderBy('created_at'),
  )

export interface NewPasskey {
  credential_id: Buffer
  account_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  label: string
}
export const insertPasskey = (tx: Tx, passkey: NewPasskey) => tx.run(db.insertInto('auth.passkey').values(passkey))

export const countPasskeyUse = (tx: Tx, credential: Buffer, counter: number) =>
  tx.run(
    db.updateTable('auth.passkey').set({ counter, used_at: sql<Date>`now()` }).where('credential_id', '=', credential),
  )

/** Locks the account's passkeys, so that two removals at once cannot take the last two. */
export const lockPasskeys = (tx: Tx, account: string) =>
  tx.all(db.selectFrom('auth.passkey').select('credential_id').where('account_id', '=', account).forUpdate())

/** Another name for a passkey of the account; 0 when it has none with this id. */
export const renamePasskey = (tx: Tx, account: string, credential: Buffer, label: string) =>
  tx.run(
    db
      .updateTable('auth.passkey')
      .set({ label })
      .where('account_id', '=', account)
      .where('credential_id', '=', credential),
  )

export const deletePasskey = (tx: Tx, account: string, credential: Buffer) =>
  tx.run(db.deleteFrom('auth.passkey').where('account_id', '=', account).where('credential_id', '=', credential))

export const findPassword = (read: Read, account: string) =>
  read.maybe(db.selectFrom('auth.password').select(['hash', 'totp', 'totp_step']).where('account_id', '=', account))

export const putPassword = (tx: Tx, account: string, password: { hash: string; totp: Buffer; totp_step: number }) =>
  tx.run(
    db
      .insertInto('auth.password')
      .values({ account_id: account, ...password })
      .onConflict(c => c.column('account_id').doUpdateSet({ ...password, set_at: sql<Date>`now()` })),
  )

export const rehash = (tx: Tx, account: string, hash: string) =>
  tx.run(db.updateTable('auth.password').set({ hash }).where('account_id', '=', account))

/** Uses up a TOTP step; false when it, or a later one, was used before. */
export const spendTotpStep = async (tx: Tx, account: string, step: number): Promise<boolean> =>
  (await tx.run(
    db
      .updateTable('auth.password')
      .set({ totp_step: step })
      .where('account_id', '=', account)
      .where('totp_step', '<', step),
  )) === 1

export const recoveryHashes = async (read: Read, account: string): Promise<Buffer[]> =>
  (
    await read.all(
      db.selectFrom('auth.recovery_code').select('hash').where('account_id', '=', account).where('used_at', 'is', null),
    )
  ).map(row => row.hash)

/** Uses up a recovery code; false when it was used before. */
export const spendRecoveryCode = async (tx: Tx, account: string, hash: Buffer): Promise<boolean> =>
  (await tx.run(
    db
      .updateTable('auth.recovery_code')
      .set({ used_at: sql<Date>`now()` })
      .where('account_id', '=', account)
      .where('hash', '=', hash)
      .where('used_at', 'is', null),
  )) === 1

/** The old codes are worth nothing from now on. */
export async function replaceRecoveryCodes(tx: Tx, account: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.run(db.deleteFrom('auth.recovery_code').where('account_id', '=', account))
  if (hashes.length > 0)
    await tx.run(
      db.insertInto('auth.recovery_code').values(hashes.map(hash => ({ account_id: account, hash, used_at: null }))),
    )
}

/** Every way in, and every browser that was known, is taken away. */
export async function forgetWays(tx: Tx, account: string): Promise<void> {
  for (const table of ['auth.passkey', 'auth.password', 'auth.recovery_code', 'auth.device'] as const)
    await tx.run(db.deleteFrom(table).where('account_id', '=', account))
}

export const knowsDevice = async (read: Read, account: string, hash: Buffer): Promise<boolean> =>
  (await read.maybe(
    db.selectFrom('auth.device').select('account_id').where('token_hash', '=', hash).where('account_id', '=', account),
  )) !== undefined

export const touchDevice = (tx: Tx, hash: Buffer) =>
  tx.run(db.updateTable('auth.device').set({ used_at: sql<Date>`now()` }).where('token_hash', '=', hash))

/** Remembers a browser; an account has at most ten, the one unused for longest goes. */
export async function insertDevice(tx: Tx, account: string, hash: Buffer): Promise<void> {
  const older = db
    .selectFrom('auth.device')
    .select('token_hash')
    .where('account_id', '=', account)
    .orderBy('used_at', 'desc')
    .offset(9)
  await tx.run(db.deleteFrom('auth.device').where('token_hash', 'in', older))
  await tx.run(db.insertInto('auth.device').values({ token_hash: hash, account_id: account }))
}

// Throttle

/** Whether this try is the only one of its bucket just now; without waiting, so that a flood holds no connections. */
export const aloneIn = async (tx: Tx, bucket: Buffer): Promise<boolean> =>
  (
    await tx.one(
      sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${bucket.readBigInt64BE(0).toString()}::bigint) as got`,
    )
  ).got

/** The end of the longest wait that any of the buckets has still to serve. */
export const waitUntil = async (read: Read, buckets: readonly Buffer[]): Promise<Date | undefined> =>
  (
    await read.maybe(
      db
        .selectFrom('auth.throttle')
        .select('until')
        .where('bucket', 'in', [...buckets])
        .orderBy('until', 'desc')
        .limit(1),
    )
  )?.until

/** How many failures a bucket counts now. */
export const failuresOf = async (read: Read, bucket: Buffer, now: Date, quietHours: number): Promise<number> =>
  (
    await read.maybe(
      db
        .selectFrom('auth.throttle')
        .select('failures')
        .where('bucket', '=', bucket)
        .where('until', '>=', sql<Date>`${now}::timestamptz - make_interval(hours => ${quietHours})`),
    )
  )?.failures ?? 0

/** Counts one failure more; after `quietHours` without one the count starts again. Answers the count. */
export const countFailure = async (tx: Tx, bucket: Buffer, now: Date, quietHours: number): Promise<number> =>
  (
    await tx.one(
      db
        .insertInto('auth.throttle')
        .values({ bucket, failures: 1, until: now })
        .onConflict(c =>
          c.column('bucket').doUpdateSet({
            failures: sql<number>`case when throttle.until < ${now}::timestamptz - make_interval(hours => ${quietHours})
                                       then 1 else throttle.failures + 1 end`,
          }),
        )
        .returning('failures'),
    )
  ).failures

export const setWait = (tx: Tx, bucket: Buffer, until: Date) =>
  tx.run(db.updateTable('auth.throttle').set({ until }).where('bucket', '=', bucket))

export const clearFailures = (tx: Tx, bucket: Buffer) =>
  tx.run(db.deleteFrom('auth.throttle').where('bucket', '=', bucket))
