import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { feedback } from '#capabilities/referrals/contract-feedback.ts'
import { rounds } from '#capabilities/referrals/contract-rounds.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { labourCard } from '#capabilities/screening/instruments/card-labour.ts'
import { shortScreen } from '#capabilities/screening/instruments/short-screen.ts'
import { auth, demonstration } from '#platform/auth/contract.ts'
import { type Answer, type Call, client } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { accountId, organisationId, type PersonKey, stableId } from './people.ts'
import { playAssessments } from './sample-assessments.ts'
import { type SampleCase, sampleCases } from './sample-cases.ts'

/** The staff server, asked without a network. */
export interface App {
  request(address: string, init: RequestInit, connection: object): Response | Promise<Response>
}
/** Calls an operation as one of the invented people. */
export type Caller = <O extends Operation>(operation: O, parts: Call<O>) => Promise<Answer<O>>
/** The same, for a command that is named within its case: sent again, by the same person, it is the same command. */
type Commander = (code: string) => Caller
/** The id of something that a sample case makes, by its name within the case. */
type Ids = (code: string) => string

const unit = 'counter-trafficking-unit'
/** There from before the country is seeded until every sample case is complete. */
const dueFile = (folder: string): string => join(folder, 'samples-due')

/** Notes that this country is new, since now, and gets its sample cases, whatever happens in between. */
export const noteDue = (folder: string): Promise<void> => writeFile(dueFile(folder), `${Date.now()}`)
/** Since when they are due, in ms: what they say is told from here, so that it is the same after a crash. */
async function dueSince(folder: string): Promise<number> {
  const noted = Number(await readFile(dueFile(folder), 'utf8'))
  if (noted > 0) return noted
  await noteDue(folder)
  return dueSince(folder)
}

/**
 * Adds the sample cases where they are due, by the operations that people use. Every command has an id of its own and
 * says what it says, whenever it is sent: after a crash what was done is answered as before, and what was not is done now.
 * @param origin the staff app's
 * @returns how many cases there are now, 0 where none were due
 */
export async function addSamples(folder: string, app: App, origin: string): Promise<number> {
  if (!existsSync(dueFile(folder))) return 0
  const entered = new Map<PersonKey, Caller>()
  const as = async (key: PersonKey): Promise<Caller> => {
    const found = entered.get(key) ?? (await enter(app, origin, key))
    entered.set(key, found)
    return found
  }
  const since = await dueSince(folder)
  for (const [place, sample] of sampleCases.entries()) await play(sample, place, since, as)
  await playAssessments(since, as)
  for (const call of entered.values()) await call(auth.signOut, {} as never)
  await rm(dueFile(folder))
  return sampleCases.length
}

/** Signs somebody in through the demonstration's own door. */
async function enter(app: App, origin: string, key: PersonKey): Promise<Caller> {
  let cookie = ''
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers({ ...(init.headers as Record<string, string>), host: new URL(origin).host })
    if (cookie) headers.set('cookie', cookie)
    // That door answers this machine only, and asks the connection which machine it is.
    const incoming = Object.assign(Readable.from(init.body ? [Buffer.from(init.body as string)] : []), {
      socket: { remoteAddress: '127.0.0.1' },
    })
    const response = await app.request(`${origin}${path}`, { ...init, headers }, { incoming })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  const call = client(send as typeof fetch, () => 'en')
  await call(demonstration.signIn, { body: { account: accountId(key) } })
  return call as Caller
}

async function play(
  sample: SampleCase,
  place: number,
  since: number,
  as: (key: PersonKey) => Promise<Caller>,
): Promise<void> {
  const command = async (key: PersonKey): Promise<Commander> => {
    const call = await as(key)
    return code => (operation, parts) => call(operation, { ...parts, key: stableId(`sample ${place} ${code}`) })
  }
  // UUIDv7 in the order of the cases, as if somebody had made them one after the other.
  const ids: Ids = code => {
    const time = (since + place).toString(16).padStart(12, '0')
    const rest = stableId(`sample ${place} made ${code}`)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(15, 18)}-${rest.slice(19)}`
  }
  const saidAt = new Date(since - sample.hoursAgo * 3_600_000).toISOString()
  const { signs, noticed, answers, ...said } = sample.screened
  const { language, interpreter } = said
  const explained = { language, interpreter, givenBy: 'person', form: 'oral-certified', saidAt } as const
  const officer = await command(sample.officer)
  const { case: id, id: screened } = await officer('screening')(screening.record, {
    body: {
      ...said,
      ...{ id: ids('screening'), case: ids('case'), country: 'XSA', placeSafe: true, danger: false },
      card: {
        instrument: labourCard.form.id,
        version: labourCard.form.version,
        answers: { signs, ...(noticed && { noticed }) },
      },
      ...(Object.keys(answers).length > 0 && {
        shortScreen: { instrument: shortScreen.form.id, version: shortScreen.form.version, answers },
      }),
      limitsTold: { id: ids('limits'), ...explained, textVersion: 'limits-1' },
      saidAt,
    },
  })
  const asked = { ...explained, id: ids('consent'), textVersion: 'sharing-1' } as const
  const params = { case: id }
  if (sample.answer === 'no') await officer('refusal')(consent.refuse, { params, body: asked })
  if (!sample.answer || sample.answer === 'no') return
  const { recipients, ...answered } = sample.answer
  const given = await officer('consent')(consent.give, {
    params,
    body: {
      ...asked,
      ...answered,
      purposes: recipients.length > 1 ? ['identification', 'services'] : ['identification'],
      recipients: recipients.map(organisationId),
      compartments: ['ID', 'SVC', 'STA'],
      // What was told is for those who decide.
      withhold: recipients
        .filter(one => one !== unit)
        .map(one => ({ recipient: organisationId(one), compartments: ['SVC' as const] })),
    },
  })
  if (!sample.referral) return
  const toUnit = await officer('referral')(referrals.send, {
    body: {
      ...{ id: ids('referral'), case: id, kind: 'identification', to: organisationId(unit), consent: given.id },
      urgency: sample.screened.urgency,
      share: ['ID', 'SVC', 'STA'],
      message: sample.referral.message,
    },
  })
  const tobias = await command('tobias')
  if (sample.referral.acknowledged)
    await tobias('acknowledge')(referrals.acknowledge, { params: { referral: toUnit.id }, body: {}, version: 1 })
  if (sample.opened)
    await open(sample, sample.opened, { id, screened, referral: toUnit.id, consent: given.id, ids }, command, as)
}

interface Made {
  readonly id: string
  readonly screened: string
  readonly referral: string
  readonly consent: string
  readonly ids: Ids
}
async function open(
  { decided, service, round }: SampleCase,
  opened: NonNullable<SampleCase['opened']>,
  made: Made,
  command: (key: PersonKey) => Promise<Commander>,
  as: (key: PersonKey) => Promise<Caller>,
): Promise<void> {
  const params = { case: made.id }
  const tobias = await command('tobias')
  await tobias('accept')(referrals.accept, {
    params: { referral: made.referral },
    body: { answer: opened.answer },
    version: 1,
  })
  if (opened.indicators)
    await tobias('indicators')(screening.complete, {
      params: { screening: made.screened },
      body: { id: made.ids('indicators'), profile: 'adult-labour', answers: opened.indicators },
    })
  // These two name the version that they change, which is another one once they are done.
  const { version, coordinator: assigned } = await (await as('tobias'))(cases.read, { params })
  if (!assigned)
    await tobias('assign')(charge.assign, { params, body: { coordinator: accountId(opened.coordinator) }, version })
  const coordinator = await command(opened.coordinator)
  if (opened.note)
    await coordinator('note')(cases.addNote, { params, body: { id: made.ids('note'), text: opened.note } })
  if (decided) {
    const { version, identification } = await (await as('ines'))(cases.read, { params })
    const ines = await command('ines')
    const { why, ...said } = decided
    const cited = { kind: 'screening', id: made.screened, why } as const
    const body = { ...said, evidence: [cited], id: made.ids('decision'), outcome: 'positive' as const }
    if (identification === 'pending') await ines('decide')(cases.decide, { params, body, version })
  }
  if (!service) return
  const { id: referral } = await coordinator('service')(referrals.send, {
    body: {
      ...{
        id: made.ids('service'),
        case: made.id,
        kind: 'service',
        service: service.kind,
        to: organisationId(service.to),
      },
      ...{ urgency: service.urgency, consent: made.consent, share: ['ID', 'STA'], message: service.message },
    },
  })
  if (!service.by) return
  const provider = await command(service.by)
  const answered = { params: { referral }, version: 1 }
  if (service.accepted) await provider('answer')(referrals.accept, { ...answered, body: { answer: service.accepted } })
  if (service.declined) await provider('answer')(referrals.decline, { ...answered, body: service.declined })
  if (service.told) {
    await provider('begin')(referrals.begin, { params: { referral }, version: 2, body: {} })
    await coordinator('told')(feedback.tell, { params: { referral }, body: service.told })
  }
  if (!round) return
  const { by, declined, to, ...about } = round
  const whom = to.map((one, at) => ({ id: made.ids(`turn ${at}`), organisation: organisationId(one) }))
  const asked = { ...about, to: whom, id: made.ids('round'), case: made.id, way: 'in-turn' as const }
  const body = { ...asked, consent: made.consent, share: ['STA' as const] }
  await coordinator('round')(rounds.askSeveral, { body })
  const first = { params: { referral: whom[0]!.id }, version: 1, body: declined }
  await (await command(by))('turn')(referrals.decline, first)
}
