// Generated from the database after all migrations; do not edit.
import type { Generated } from 'kysely'

export interface AuditCheckpoint {
  size: number
  root: Buffer
  note: string
  at: Generated<Date>
}

export interface AuditEvent {
  id: string
  at: Date
  case_id: string | null
  actor_id: string | null
  operation: string
  xid: Generated<string>
  body: string
  leaf_no: number | null
}

export interface AuditTile {
  level: number
  no: number
  hashes: Buffer
}

export interface AuthAccount {
  id: string
  name: string
  email: string
  language: Generated<string>
  status: Generated<string>
  created_at: Generated<Date>
  created_by: string | null
  disabled_at: Date | null
  version: Generated<number>
}

export interface AuthAssignment {
  id: string
  account_id: string
  organisation_id: string
  role: string
  country: string
  until: Generated<Date>
  granted_by: string | null
  granted_at: Generated<Date>
  ended_by: string | null
  confirmed_at: Generated<Date | null>
  confirmed_by: string | null
  refused: string | null
}

export interface AuthChallenge {
  id: string
  kind: string
  challenge: string
  about: string | null
  totp: Buffer | null
  expires_at: Date
}

export interface AuthDevice {
  token_hash: Buffer
  account_id: string
  created_at: Generated<Date>
  used_at: Generated<Date>
}

export interface AuthInvitation {
  id: string
  account_id: string
  kind: string
  token_hash: Buffer | null
  asked_by: string
  asked_at: Generated<Date>
  confirmed_by: string | null
  expires_at: Date
  used_at: Date | null
}

export interface AuthPasskey {
  credential_id: Buffer
  account_id: string
  public_key: Buffer
  counter: number
  transports: Generated<string[]>
  label: string
  created_at: Generated<Date>
  used_at: Date | null
}

export interface AuthPassword {
  account_id: string
  hash: string
  totp: Buffer
  totp_step: Generated<number>
  set_at: Generated<Date>
}

export interface AuthRecoveryCode {
  account_id: string
  hash: Buffer
  used_at: Date | null
}

export interface AuthSession {
  id: string
  token_hash: Buffer
  account_id: string
  assignment_id: string | null
  purpose: string | null
  strength: number
  proven_at: Generated<Date>
  created_at: Generated<Date>
  seen_at: Generated<Date>
  ends_at: Date
  ended_at: Date | null
  device: string
  demonstration: Generated<boolean>
}

export interface AuthThrottle {
  bucket: Buffer
  failures: Generated<number>
  until: Generated<Date>
}

export interface CasesAssignment {
  id: string
  case_id: string
  account_id: string
  duty: string
  from_at: Generated<Date>
  until_at: Date | null
  by_account: string
}

export interface CasesAttachment {
  id: string
  case_id: string
  compartment: string
  by_account: string
  at: Generated<Date>
  taken_at: Date | null
  purpose: string
  original: boolean
  sealed_about: Buffer
  recipient: string
  sealed_identity: Buffer
  sha256: Buffer
  state: Generated<string>
  code: string | null
  kind: string | null
  size: number | null
  scanned: boolean | null
  original_file: string | null
  clean_file: string | null
  clean_size: number | null
  sealed_thumbnail: Buffer | null
  proof: Buffer | null
}

export interface CasesClock {
  id: string
  case_id: string
  kind: string
  starts_at: Date
  warn_at: Date
  due_at: Date
  stopped_at: Date | null
}

export interface CasesDecision {
  id: string
  case_id: string
  kind: string
  outcome: string
  elements: string[]
  sealed_reasons: Buffer
  state: string
  by_account: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  version: Generated<number>
}

export interface CasesFolder {
  id: string
  country: string
  reference: string
  status: string
  identification: Generated<string>
  urgency: Generated<string>
  child: Generated<boolean>
  sector: string | null
  agency: string
  holder: string | null
  coordinator: string | null
  due_at: Date | null
  key_slot: number
  made_by: string
  made_at: Generated<Date>
  opened_at: Date | null
  version: Generated<number>
}

export interface CasesIdentity {
  case_id: string
  sealed: Buffer
  version: Generated<number>
}

export interface CasesIdentityConflict {
  id: string
  case_id: string
  sealed: Buffer | null
  made_at: Generated<Date>
  settled_at: Date | null
  settled_by: string | null
  version: Generated<number>
}

export interface CasesLocation {
  case_id: string
  sealed: Buffer
  version: Generated<number>
}

export interface CasesNote {
  id: string
  case_id: string
  compartment: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
}

export interface CasesSearchTerm {
  term: Buffer
  case_id: string
}

export interface CasesTimeline {
  id: string
  case_id: string
  at: Generated<Date>
  event: string
  account_id: string | null
  organisation_id: string | null
  about: Generated<unknown>
}

export interface ConsentNotification {
  id: Generated<string>
  country: string
  month: string
  sector: string | null
  exploitation: string | null
  urgency: string | null
  converted_month: string | null
}

export interface ConsentNotified {
  case_id: string
  notification: string
}

export interface ConsentRecord {
  id: string
  case_id: string
  kind: string
  text_version: string
  language: string
  interpreter: string
  explained_by: string
  given_by: string
  child_assent: boolean | null
  form: string
  purposes: Generated<string[]>
  recipients: Generated<string[]>
  compartments: Generated<number>
  withhold: Generated<unknown>
  expires_at: Date | null
  withdraws: string | null
  said_at: Date
  recorded_at: Generated<Date>
}

export interface DirectoryOnCall {
  id: string
  organisation_id: string
  account_id: string
  starts_at: Date
  ends_at: Date
}

export interface DirectoryOrganisation {
  id: string
  country: string
  kind: string
  name: string
  languages: Generated<string[]>
  phone: string | null
  email: string | null
  competent: Generated<boolean>
  active: Generated<boolean>
  version: Generated<number>
}

export interface DirectoryService {
  id: string
  organisation_id: string
  kind: string
  area: string | null
  languages: Generated<string[]>
  active: Generated<boolean>
  version: Generated<number>
}

export interface FilesUpload {
  id: string
  account_id: string
  device_id: string | null
  sha256: Buffer
  length: number
  received: Generated<number>
  state: Generated<string>
  code: string | null
  writer: string | null
  writer_until: Date | null
  made_at: Generated<Date>
  expires_at: Date
}

export interface PlatformCommand {
  actor: string
  id: string
  operation: string
  status: number
  reply: Buffer | null
  at: Generated<Date>
  asked: Generated<Buffer>
}

export interface PlatformMigration {
  no: number
  name: string
  sha256: string
  at: Generated<Date>
}

export interface PolicyCaseAccess {
  principal: string
  case_id: string
  basis: string
  basis_id: string
  compartments: number
  shared: number
  consent_id: string | null
  until: Generated<Date>
  accepted: Generated<boolean>
}

export interface PolicyCaseGlimpse {
  principal: string
  case_id: string
  basis: string
  basis_id: string
  compartments: number
  until: Date
}

export interface ReferralsReferral {
  id: string
  case_id: string
  country: string
  kind: string
  service: string | null
  from_organisation: string
  from_account: string
  to_organisation: string
  urgency: string
  status: string
  consent_id: string
  shared: number
  sealed_message: Buffer | null
  decline_reason: string | null
  sealed_answer: Buffer | null
  due_at: Date
  warn_at: Date
  sent_at: Generated<Date>
  acknowledged_at: Date | null
  answered_at: Date | null
  answered_by: string | null
  version: Generated<number>
  overdue_told: Generated<boolean>
}

export interface ScreeningIndicators {
  id: string
  screening_id: string
  case_id: string
  profile: string
  answers: unknown
  reading: string
  by_account: string
  at: Generated<Date>
}

export interface ScreeningInstrument {
  country: string
  code: string
  version: string
  status: Generated<string>
  definition: unknown
  rules: unknown
  about: unknown
  made_by: string
  made_at: Generated<Date>
  published_by: string | null
  published_at: Date | null
  withdrawn_by: string | null
  withdrawn_at: Date | null
  revision: Generated<number>
}

export interface ScreeningInterview {
  id: string
  case_id: string
  country: string
  agency: string
  by_account: string
  instrument: string
  instrument_version: string
  language: string
  interpreter: string
  interviewer: string
  limits_told: string
  sealed: Buffer
  findings: string[]
  said_at: Date
  received_at: Generated<Date>
  on_paper: boolean
  written_at: Date | null
}

export interface ScreeningOverride {
  id: string
  interview_id: string
  case_id: string
  finding: string
  holds: boolean
  reason: string
  sealed_why: Buffer
  by_account: string
  at: Generated<Date>
}

export interface ScreeningScreening {
  id: string
  case_id: string
  country: string
  agency: string
  by_account: string
  holder: string | null
  instrument: string | null
  language: string
  interpreter: string
  place_safe: boolean
  danger: boolean
  child: boolean
  sector: string | null
  signs: string[]
  answers: unknown
  talk_further: boolean
  worried: boolean
  sealed_story: Buffer | null
  limits_told: string
  said_at: Date
  received_at: Generated<Date>
  version: Generated<number>
  card: string | null
  card_version: string | null
  card_findings: Generated<string[]>
  short_screen: string | null
  short_screen_version: string | null
  short_screen_findings: Generated<string[]>
  sealed_told: Buffer | null
  written_at: Date | null
}

export interface SyncDevice {
  id: string
  account_id: string
  assignment_id: string
  organisation_id: string
  country: string
  label: string
  credential_hash: Buffer
  public_key: Buffer
  made_at: Generated<Date>
  seen_at: Generated<Date>
  revoked_at: Date | null
  revoked_by: string | null
}

export interface SyncParcel {
  device_id: string
  id: string
  received_at: Generated<Date>
  operation: string | null
  state: string
  code: string | null
  fields: Generated<unknown>
  sealed: Buffer | null
  sha256: Buffer
  decided_by: string | null
  decided_at: Date | null
}

export interface Tables {
  'audit.checkpoint': AuditCheckpoint
  'audit.event': AuditEvent
  'audit.tile': AuditTile
  'auth.account': AuthAccount
  'auth.assignment': AuthAssignment
  'auth.challenge': AuthChallenge
  'auth.device': AuthDevice
  'auth.invitation': AuthInvitation
  'auth.passkey': AuthPasskey
  'auth.password': AuthPassword
  'auth.recovery_code': AuthRecoveryCode
  'auth.session': AuthSession
  'auth.throttle': AuthThrottle
  'cases.assignment': CasesAssignment
  'cases.attachment': CasesAttachment
  'cases.clock': CasesClock
  'cases.decision': CasesDecision
  'cases.folder': CasesFolder
  'cases.identity': CasesIdentity
  'cases.identity_conflict': CasesIdentityConflict
  'cases.location': CasesLocation
  'cases.note': CasesNote
  'cases.search_term': CasesSearchTerm
  'cases.timeline': CasesTimeline
  'consent.notification': ConsentNotification
  'consent.notified': ConsentNotified
  'consent.record': ConsentRecord
  'directory.on_call': DirectoryOnCall
  'directory.organisation': DirectoryOrganisation
  'directory.service': DirectoryService
  'files.upload': FilesUpload
  'platform.command': PlatformCommand
  'platform.migration': PlatformMigration
  'policy.case_access': PolicyCaseAccess
  'policy.case_glimpse': PolicyCaseGlimpse
  'referrals.referral': ReferralsReferral
  'screening.indicators': ScreeningIndicators
  'screening.instrument': ScreeningInstrument
  'screening.interview': ScreeningInterview
  'screening.override': ScreeningOverride
  'screening.screening': ScreeningScreening
  'sync.device': SyncDevice
  'sync.parcel': SyncParcel
}
