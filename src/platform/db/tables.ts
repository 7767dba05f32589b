// Generated from the database after all migrations; do not edit.
import type { Generated, GeneratedAlways } from 'kysely'

export interface AuditCheckpoint {
  size: number
  root: Buffer
  note: string
  at: Generated<Date>
}

export interface AuditConcern {
  event_id: string
  case_id: string
  how: string
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

export interface AuthWorking {
  organisation_id: string | null
  role: string | null
}

export interface CareAction {
  id: string
  case_id: string
  plan_id: string
  service: string
  owner: string
  organisation_id: string | null
  due_on: string | null
  state: Generated<string>
  sealed: Buffer
  by_account: string
  at: Generated<Date>
  version: Generated<number>
}

export interface CareAssessment {
  id: string
  case_id: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
}

export interface CareBestInterest {
  id: string
  case_id: string
  kind: string
  step: string
  outcome: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
}

export interface CareClosure {
  id: string
  case_id: string
  reason: string
  planned: boolean
  last_contact_on: string | null
  state: Generated<string>
  left_open: Generated<unknown>
  sealed_reasons: Buffer
  by_account: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  reopened_by: string | null
  reopened_at: Date | null
  sealed_reopening: Buffer | null
  version: Generated<number>
}

export interface CareCodeWord {
  case_id: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
}

export interface CareDelivery {
  id: string
  case_id: string
  action_id: string | null
  service: string
  outcome: string
  given_on: string
  organisation_id: string
  quantity: number | null
  unit: string | null
  cost: number | null
  currency: string | null
  sealed_note: Buffer | null
  by_account: string
  at: Generated<Date>
}

export interface CareFollowUp {
  id: string
  case_id: string
  kind: string
  due_on: string
  state: Generated<string>
  sealed_note: Buffer | null
  by_account: string
  marked_by: string | null
  marked_at: Date | null
  version: Generated<number>
}

export interface CareGuardian {
  id: string
  case_id: string
  relation: string
  verified: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
  ended_at: Date | null
  ended_by: string | null
  ended_why: string | null
  version: Generated<number>
}

export interface CarePlan {
  id: string
  case_id: string
  number: number
  state: Generated<string>
  sealed: Buffer
  by_account: string
  at: Generated<Date>
  given_by: string | null
  agreed_how: string | null
  agreed_at: Date | null
  agreed_by: string | null
  version: Generated<number>
}

export interface CareSafetyPlan {
  case_id: string
  level: string | null
  review_on: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
  version: Generated<number>
}

export interface CasesAssignment {
  id: string
  case_id: string
  account_id: string
  duty: string
  from_at: Generated<Date>
  until_at: Date | null
  by_account: string
  from_account: string | null
  hand_over: unknown
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
  unit: string | null
  amount: number | null
  warn_share: number | null
  paused_at: Date | null
  overdue_told: Generated<boolean>
  escalates_at: Date | null
}

export interface CasesClockPause {
  id: string
  clock_id: string
  case_id: string
  from_at: Date
  to_at: Date | null
  reason: string
  by_account: string
  ended_by: string | null
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
  stage: Generated<string>
  evidence: Generated<string[]>
  sealed_grounds: Buffer | null
  organisation_id: string | null
}

export interface CasesEscalation {
  id: string
  case_id: string
  clock_id: string
  due_at: Date
  at: Date
  answer: string | null
  answered_by: string | null
  answered_at: Date | null
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
  identification_before: string | null
  guarded: Generated<boolean>
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

export interface CasesMatchTerm {
  case_id: string
  kind: string
  term: Buffer
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

export interface CasesStep {
  id: string
  case_id: string
  move: string
  from_state: string
  to_state: string
  about: Generated<unknown>
  sealed_reasons: Buffer
  by_account: string
  happened_at: Date
  at: Generated<Date>
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

export interface CasesTrack {
  case_id: string
  track: string
  state: string
  at: Date
  by_account: string
  version: Generated<number>
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
  to_police: Generated<boolean>
  named: Generated<string[]>
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
  hsds: unknown
  listed: Generated<boolean>
}

export interface DirectoryPlace {
  service_id: string
  kind: string
  total: number
  free: number
  told_at: Generated<Date>
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
  name: string | null
  description: string | null
  sexes: Generated<string[]>
  min_age: number | null
  max_age: number | null
  with_children: boolean | null
  nationalities: Generated<string[]>
  residence: Generated<string[]>
  exploitation: Generated<string[]>
  access_needs: Generated<string[]>
  cost: string | null
  how_to_ask: Generated<string[]>
  hours: unknown
  open_on_holidays: Generated<boolean>
  interpreter_sexes: Generated<string[]>
  vouched_by: string | null
  public: Generated<boolean>
  changed_at: Generated<Date>
  hsds: unknown
  alike: Generated<number>
}

export interface FilesHeld {
  upload_id: string
  country: string
  by_account: string
  case_id: string | null
  lead_id: string | null
  code: string
  found: string | null
  kind: string
  size: number
  at: Generated<Date>
  answer: string | null
  reason: string | null
  answered_by: string | null
  answered_at: Date | null
  ended: string | null
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

export interface HealthFile {
  id: string
  case_id: string
  organisation_id: string
  note_id: string
  by_account: string
  at: Generated<Date>
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

export interface HealthNote {
  id: string
  case_id: string
  organisation_id: string
  about: string
  sealed: Buffer
  corrects: string | null
  by_account: string
  at: Generated<Date>
}

export interface JusticeCourtOrder {
  id: string
  country: string
  case_id: string
  key_slot: number
  sealed: Buffer
  made_on: string
  compartments: number
  purposes: string[]
  organisation_id: string
  named: string[]
  from_at: Date
  until_at: Date
  attachment_id: string | null
  state: Generated<string>
  by_account: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  revoked_by: string | null
  revoked_at: Date | null
  version: Generated<number>
}

export interface JusticeLead {
  id: string
  country: string
  organisation_id: string
  reference: string
  about: string[]
  source_grade: string
  information_grade: string
  handling: string
  status: Generated<string>
  closed_for: string | null
  investigator: string | null
  key_slot: number
  made_by: string
  made_at: Generated<Date>
  version: Generated<number>
}

export interface JusticeLeadBar {
  id: string
  lead_id: string
  organisation_id: string
  account_id: string
  reason: string
  by_account: string
  at: Generated<Date>
  ended_at: Date | null
  ended_by: string | null
}

export interface JusticeLeadClosed {
  lead_id: string
  account_id: string
}

export interface JusticeLeadContent {
  lead_id: string
  organisation_id: string
  sealed: Buffer
}

export interface JusticeLeadFile {
  id: string
  lead_id: string
  organisation_id: string
  by_account: string
  at: Generated<Date>
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

export interface JusticeLeadNote {
  id: string
  lead_id: string
  organisation_id: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
}

export interface JusticeLeadShare {
  id: string
  lead_id: string
  organisation_id: string
  account_id: string
  source: boolean
  by_account: string
  at: Generated<Date>
  ended_at: Date | null
  ended_by: string | null
}

export interface JusticeLeadSource {
  lead_id: string
  organisation_id: string
  sealed: Buffer
}

export interface JusticeLeadTerm {
  term: Buffer
  lead_id: string
  organisation_id: string
}

export interface JusticeProceedingStep {
  lead_id: string
  organisation_id: string
  step: number
  state: string
  on_day: string
  by_account: string
  at: Generated<Date>
}

export interface JusticeReceipt {
  id: string
  country: string
  case_id: string
  key_slot: number
  reference: string
  basis: string
  basis_id: string
  compartments: number
  hash: Buffer
  sealed: Buffer | null
  account_id: string
  organisation_id: string
  at: Generated<Date>
}

export interface JusticeVitalInterest {
  id: string
  country: string
  case_id: string
  key_slot: number
  reason: string
  sealed: Buffer
  compartments: number
  organisation_id: string
  account_id: string
  until_at: Date
  state: Generated<string>
  by_account: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  version: Generated<number>
}

export interface MatchingChanged {
  case_id: string
  at: Generated<Date>
}

export interface MatchingJudgement {
  id: string
  match_id: string
  outcome: string
  sealed: Buffer
  by_account: string
  at: Generated<Date>
}

export interface MatchingLink {
  id: string
  country: string
  case_a: string
  case_b: string
  kind: string
  sealed: Buffer | null
  by_account: string
  at: Generated<Date>
  ended_by: string | null
  ended_at: Date | null
  sealed_end: Buffer | null
  version: Generated<number>
}

export interface MatchingMatch {
  id: Generated<string>
  country: string
  unit_id: string
  case_a: string
  case_b: string
  why: string[]
  strength: string
  state: Generated<string>
  found_at: Generated<Date>
  version: Generated<number>
}

export interface MatchingMerge {
  id: string
  country: string
  unit_id: string
  lead_case: string
  away_case: string
  sealed: Buffer | null
  state: Generated<string>
  by_account: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  undone_by: string | null
  undone_at: Date | null
  sealed_undo: Buffer | null
  version: Generated<number>
}

export interface NotifyChoice {
  account_id: string
  every_hours: number
  at: Generated<Date>
}

export interface NotifyOutbox {
  id: string
  account_id: string
  urgent: boolean
  at: Date
  state: Generated<string>
  tries: Generated<number>
  next_at: Date
  code: string | null
  ended_at: Date | null
}

export interface NotifyTold {
  account_id: string
  item: string
}

export interface OversightAlert {
  id: Generated<string>
  account_id: string
  country: string
  kind: string
  about: string
  at: Generated<Date>
  seen_at: Date | null
}

export interface OversightBar {
  id: string
  country: string
  case_id: string
  account_id: string
  reason: string
  by_account: string
  at: Generated<Date>
  ended_at: Date | null
  ended_by: string | null
}

export interface OversightBreakGlass {
  id: string
  country: string
  case_id: string
  account_id: string
  organisation_id: string
  role: string
  compartments: number
  reason: string
  sealed_text: Buffer | null
  at: Generated<Date>
  until: Date
  review: string | null
  reviewed_by: string | null
  reviewed_at: Date | null
  sealed_review: Buffer | null
  told_by: string | null
  told_at: Date | null
  version: Generated<number>
}

export interface OversightCanary {
  case_id: string
  country: string
  made_by: string
  at: Generated<Date>
}

export interface OversightCanaryRead {
  event_id: string
  case_id: string
  country: string
  account_id: string
  at: Date
}

export interface OversightDue {
  case_id: string
  country: string
  kind: string
  since: Date
  found_at: Generated<Date>
}

export interface OversightErasure {
  id: string
  country: string
  case_id: string
  ground: string
  sealed_text: Buffer | null
  state: Generated<string>
  by_account: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  version: Generated<number>
  unheld: Generated<boolean>
}

export interface OversightHold {
  id: string
  country: string
  case_id: string
  reason: string
  until: string | null
  by_account: string
  at: Generated<Date>
  ended_at: Date | null
  ended_by: string | null
}

export interface OversightSealing {
  id: string
  country: string
  case_id: string
  action: string
  named: string[]
  reason: string
  sealed_text: Buffer | null
  state: Generated<string>
  by_account: string
  by_role: string
  at: Generated<Date>
  second_by: string | null
  second_at: Date | null
  version: Generated<number>
  alone_since: Date | null
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
  guarded: Generated<boolean>
}

export interface PolicyCaseGlimpse {
  principal: string
  case_id: string
  basis: string
  basis_id: string
  compartments: number
  until: Date
  organisation_id: string | null
}

export interface PolicyCaseHidden {
  case_id: string
  basis: string
  basis_id: string
  account_id: string | null
  named: Generated<string[]>
}

export interface PolicyCaseMerged {
  case_id: string
  lead_case: string
  lead_reference: string
  unit_id: string
  merge_id: string
  at: Generated<Date>
}

export interface PolicyVisit {
  visit_id: string
  token_hash: Buffer
  case_id: string
  explained_by: string
  until: Date
}

export interface ReferralsFeedback {
  referral_id: string
  case_id: string
  respect: string | null
  explained: string | null
  agreed: string | null
  safe: string | null
  again: string | null
  sealed_words: Buffer | null
  told_to: string | null
  said_at: Generated<Date>
}

export interface ReferralsLink {
  id: string
  case_id: string
  referral_id: string
  lookup: Buffer
  code: Buffer
  made_by: string
  made_at: Generated<Date>
  opened_at: Date | null
  wrong: Generated<number>
  ended_at: Date | null
  ended_by: string | null
  sealed_mail: Buffer | null
  mail_state: string | null
  mail_tries: Generated<number>
  mail_next: Date | null
  mail_reminded: Generated<number>
}

export interface ReferralsLinkFailure {
  bucket: Buffer
  failures: number
  at: Date
}

export interface ReferralsLinkVisit {
  id: string
  case_id: string
  link_id: string
  token_hash: Buffer
  step: Generated<number>
  stepped_at: Generated<Date>
  opened_at: Generated<Date>
  until: Date
  ended_at: Date | null
}

export interface ReferralsPaper {
  id: string
  case_id: string
  referral_id: string
  code: Buffer
  sealed_to: string
  abroad: boolean
  made_by: string
  made_at: Generated<Date>
  wrong: Generated<number>
  answered_at: Date | null
  answered_by: string | null
  ended_at: Date | null
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
  offer_id: string | null
  place: string | null
  place_taken: string | null
  expires_at: Date | null
  began_at: Date | null
  finished_at: Date | null
  outcome: string | null
  end_reason: string | null
  round_id: string | null
  remind_at: Generated<Date[]>
  reminded: Generated<number>
  in_part: Generated<boolean>
  unreached_at: Date | null
  ended_by_asker: Generated<boolean>
}

export interface ReferralsRound {
  id: string
  case_id: string
  country: string
  service: string
  way: string
  urgency: string
  from_organisation: string
  from_account: string
  consent_id: string
  shared: number
  state: Generated<string>
  made_at: Generated<Date>
  ended_at: Date | null
}

export interface ReferralsTurn {
  id: string
  round_id: string
  case_id: string
  number: number
  to_organisation: string
  offer_id: string | null
  place: string | null
  sealed_message: Buffer | null
}

export interface ReferralsWhereabouts {
  id: string
  referral_id: string
  case_id: string
  version: number
  sealed: Buffer | null
  by_account: string
  at: Generated<Date>
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

export interface SituationAction {
  id: string
  assessment_id: string
  country: string
  organisation_id: string | null
  question: string
  owner_organisation: string
  due_on: string
  sealed_what: Buffer
  state: Generated<string>
  made_by: string
  made_at: Generated<Date>
  ended_by: string | null
  ended_at: Date | null
  sealed_end: Buffer | null
  version: Generated<number>
}

export interface SituationAssessment {
  id: string
  country: string
  subject: string
  organisation_id: string | null
  area: string | null
  version_of_form: string
  state: Generated<string>
  first_by: string
  second_by: string | null
  made_at: Generated<Date>
  answers: Generated<unknown>
  sealed_words: Buffer | null
  finished_at: Date | null
  finished_by: string | null
  version: Generated<number>
  drop_reason: string | null
}

export interface SituationPicture {
  id: string
  assessment_id: string
  country: string
  by_account: string
  at: Generated<Date>
  question: string | null
  recipient: string
  sealed_identity: Buffer
  sealed_thumbnail: Buffer
  file: string
  size: number
  sha256: Buffer
  shown: Generated<boolean>
}

export interface SituationSheet {
  assessment_id: string
  by_account: string
  country: string
  at: Generated<Date>
  sealed_answers: Buffer
  shown: Generated<boolean>
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

export interface TasksTask {
  id: string
  country: string
  case_id: string | null
  kind: string
  sealed: Buffer | null
  organisation_id: string
  role: string
  account_id: string | null
  due_on: string | null
  due_at: Date | null
  due: GeneratedAlways<Date | null>
  urgency: string
  made_by: string
  made_at: Generated<Date>
  state: Generated<string>
  reason: string | null
  ended_by: string | null
  ended_at: Date | null
  returned: Generated<boolean>
  version: Generated<number>
}

export interface VisitsCode {
  id: string
  case_id: string
  lookup: Buffer
  watched: string
  lasts: string
  made_by: string
  made_at: Generated<Date>
  until: Date
  used_at: Date | null
  ended_at: Date | null
  ended_by: string | null
}

export interface VisitsFailure {
  bucket: Buffer
  failures: number
  at: Date
}

export interface VisitsQuestion {
  id: string
  case_id: string
  sealed: Buffer
  asked_at: Generated<Date>
  sealed_answer: Buffer | null
  answered_by: string | null
  answered_at: Date | null
  read_at: Date | null
  version: Generated<number>
}

export interface VisitsSafetyCheck {
  id: string
  case_id: string
  safe: string | null
  contact: boolean
  at: Generated<Date>
  seen_by: string | null
  seen_at: Date | null
}

export interface VisitsVisit {
  id: string
  case_id: string
  code_id: string
  token_hash: Buffer
  step: Generated<number>
  stepped_at: Generated<Date>
  opened_at: Generated<Date>
  until: Date
  ended_at: Date | null
}

export interface Tables {
  'audit.checkpoint': AuditCheckpoint
  'audit.concern': AuditConcern
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
  'auth.working': AuthWorking
  'care.action': CareAction
  'care.assessment': CareAssessment
  'care.best_interest': CareBestInterest
  'care.closure': CareClosure
  'care.code_word': CareCodeWord
  'care.delivery': CareDelivery
  'care.follow_up': CareFollowUp
  'care.guardian': CareGuardian
  'care.plan': CarePlan
  'care.safety_plan': CareSafetyPlan
  'cases.assignment': CasesAssignment
  'cases.attachment': CasesAttachment
  'cases.clock': CasesClock
  'cases.clock_pause': CasesClockPause
  'cases.decision': CasesDecision
  'cases.escalation': CasesEscalation
  'cases.folder': CasesFolder
  'cases.identity': CasesIdentity
  'cases.identity_conflict': CasesIdentityConflict
  'cases.location': CasesLocation
  'cases.match_term': CasesMatchTerm
  'cases.note': CasesNote
  'cases.search_term': CasesSearchTerm
  'cases.step': CasesStep
  'cases.timeline': CasesTimeline
  'cases.track': CasesTrack
  'consent.notification': ConsentNotification
  'consent.notified': ConsentNotified
  'consent.record': ConsentRecord
  'directory.on_call': DirectoryOnCall
  'directory.organisation': DirectoryOrganisation
  'directory.place': DirectoryPlace
  'directory.service': DirectoryService
  'files.held': FilesHeld
  'files.upload': FilesUpload
  'health.file': HealthFile
  'health.note': HealthNote
  'justice.court_order': JusticeCourtOrder
  'justice.lead': JusticeLead
  'justice.lead_bar': JusticeLeadBar
  'justice.lead_closed': JusticeLeadClosed
  'justice.lead_content': JusticeLeadContent
  'justice.lead_file': JusticeLeadFile
  'justice.lead_note': JusticeLeadNote
  'justice.lead_share': JusticeLeadShare
  'justice.lead_source': JusticeLeadSource
  'justice.lead_term': JusticeLeadTerm
  'justice.proceeding_step': JusticeProceedingStep
  'justice.receipt': JusticeReceipt
  'justice.vital_interest': JusticeVitalInterest
  'matching.changed': MatchingChanged
  'matching.judgement': MatchingJudgement
  'matching.link': MatchingLink
  'matching.match': MatchingMatch
  'matching.merge': MatchingMerge
  'notify.choice': NotifyChoice
  'notify.outbox': NotifyOutbox
  'notify.told': NotifyTold
  'oversight.alert': OversightAlert
  'oversight.bar': OversightBar
  'oversight.break_glass': OversightBreakGlass
  'oversight.canary': OversightCanary
  'oversight.canary_read': OversightCanaryRead
  'oversight.due': OversightDue
  'oversight.erasure': OversightErasure
  'oversight.hold': OversightHold
  'oversight.sealing': OversightSealing
  'platform.command': PlatformCommand
  'platform.migration': PlatformMigration
  'policy.case_access': PolicyCaseAccess
  'policy.case_glimpse': PolicyCaseGlimpse
  'policy.case_hidden': PolicyCaseHidden
  'policy.case_merged': PolicyCaseMerged
  'policy.visit': PolicyVisit
  'referrals.feedback': ReferralsFeedback
  'referrals.link': ReferralsLink
  'referrals.link_failure': ReferralsLinkFailure
  'referrals.link_visit': ReferralsLinkVisit
  'referrals.paper': ReferralsPaper
  'referrals.referral': ReferralsReferral
  'referrals.round': ReferralsRound
  'referrals.turn': ReferralsTurn
  'referrals.whereabouts': ReferralsWhereabouts
  'screening.indicators': ScreeningIndicators
  'screening.instrument': ScreeningInstrument
  'screening.interview': ScreeningInterview
  'screening.override': ScreeningOverride
  'screening.screening': ScreeningScreening
  'situation.action': SituationAction
  'situation.assessment': SituationAssessment
  'situation.picture': SituationPicture
  'situation.sheet': SituationSheet
  'sync.device': SyncDevice
  'sync.parcel': SyncParcel
  'tasks.task': TasksTask
  'visits.code': VisitsCode
  'visits.failure': VisitsFailure
  'visits.question': VisitsQuestion
  'visits.safety_check': VisitsSafetyCheck
  'visits.visit': VisitsVisit
}
