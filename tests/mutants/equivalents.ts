// Mutants that change nothing, and why. Each was looked at; what is not listed here must be killed.

const shares =
  'shares are shown to intake, providers and shelter managers only (policy.case_access own), so another role finds none'
const duty = 'an order and a vital interest are shown to police and prosecution only (policy.case_glimpse by_duty)'
const ownShares = 'a prosecutor is shown their own shares in force only (justice.lead_share named)'
const keepers = 'who is not of these roles reaches no row (using), and administrators are let through before'

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /^health\.note agreed: using (officer|investigator|administrator|analyst) beside/,
    'these roles see no share, and nothing of health',
  ],
  [
    /^care\.(action asked|delivery given|delivery giving): .*(officer|investigator|administrator|analyst|coordinator) beside provider/,
    shares,
  ],
  [/^cases\.timeline helped: .*(officer|investigator|administrator|analyst|coordinator) beside provider/, shares],
  [/^oversight\.(erasure|hold) seen: using share beside assigned, holder/, shares],
  [
    /^justice\.(court_order|vital_interest) named: using (\w+ beside investigator, prosecutor|without “\(\( SELECT current_setting\('samaan.role')/,
    duty,
  ],
  [
    /^justice\.receipt kept_close: using (officer|provider|administrator|analyst) beside coordinator, investigator, prosecutor/,
    'receipts are shown to the unit, police and prosecution only (justice.receipt unit, own)',
  ],
  [
    /^justice\.(lead(_\w+)?|proceeding_step) (shared|charged): (using|with check) without “\(h\.(ended_at|account_id)/,
    ownShares,
  ],
  [
    /^justice\.(lead|proceeding_step) shared: using without “\(\( SELECT current_setting\('samaan.role'/,
    'who is shown a share and is no prosecutor works for the body or supervises it, and sees the lead already',
  ],
  [
    /^auth\.invitation own_people: using without “\((s\.account_id = |s\.role = |s\.confirmed_at |s\.until |a\.organisation_id IN)[^#]*$/,
    'who works somewhere, and nowhere but in the supervisor’s houses (the half that follows), works in one of them',
  ],
  [
    /^matching\.(link|merge) \w+: (using|with check) (\w+ beside intake, coordinator, decision-maker|without “\(\( SELECT current_setting\('samaan\.role'::text, true\) AS current_setting\) = ANY)/,
    'the same is asked with the other of the two cases',
  ],
  [
    /^referrals\.referral answered: using (without “\((to|from)_organisation = |provider beside officer, intake, coordinator)/,
    'who reaches a row by this alone leaves none: the same is asked afterwards, of columns that nobody may change',
  ],
  [
    /^referrals\.referral answered: with check (\w+ beside intake, provider, shelter-manager|without “\(\( SELECT current_setting\('samaan\.role'::text, true\) AS current_setting\) = ANY \(ARRAY\['intake)/,
    shares,
  ],
  [
    /^referrals\.referral served: with check (\w+ beside provider, shelter-manager, intake|without “\(\( SELECT current_setting\('samaan\.role'::text, true\) AS current_setting\) = ANY \(ARRAY\['provider)/,
    shares,
  ],
  [
    /^referrals\.referral served: with check without “\(\( SELECT current_setting\('samaan\.role'::text, true\) AS current_setting\) = 'intake'/,
    'an officer and a coordinator reach only what they sent themselves (using)',
  ],
  [
    /^referrals\.referral (answered|served): with check (investigator|administrator|analyst) beside officer, intake/,
    keepers,
  ],
  [
    /^audit\.concern write: with check without “\(NULLIF\(\( SELECT current_setting\('samaan\.user'/,
    'whoever is tried here is somebody; that nobody writes is asked where the audit is (src/platform/audit/audit.spec.ts)',
  ],
  [/^notify\.choice jobs: with check false/, 'the jobs were granted select and delete alone'],
  [/^directory\.service kept_change: with check (\w+ beside intake|without “\(s\.role = ANY)/, keepers],
  [
    /^directory\.(on_call|service) kept\w*: .*administrator beside intake/,
    'an administrator is let through before, by the other half of the condition',
  ],
  [
    /^(cases\.folder|policy\.case_access) hidden: using without “\(NOT guarded\)”/,
    'the flag only spares the look-up; policy.guard keeps it true wherever something is hidden',
  ],
  [
    /^consent\.notification received: using without “\((o\.country = notification\.country|country = )/,
    'an organisation is shown in its own country only (directory.organisation same_country), so each says the other',
  ],
  [
    /^oversight\.sealing seen: using (\w+ beside coordinator, decision-maker|without “\(\( SELECT current_setting\('samaan.role'::text, true\) AS current_setting\) = ANY)/,
    'each of the two bases asks for its role again',
  ],
  [/^sync\.device supervised: using without “\(account_id <>/, 'one’s own devices are shown by the policy own already'],
  [
    /^(situation\.(action|assessment) seen: using|src\/capabilities\/situation\/policy\.ts:\d+) (intake|coordinator) beside provider, shelter-manager/,
    'the unit sees all of it anyway, whomever it is about',
  ],
  [
    /^referrals\.turn hidden: (dropped|using true)$/,
    'a turn is shown and added by its round of the same case, which is hidden with the case',
  ],
  [
    /^src\/capabilities\/oversight\/policy\.ts:\d+ “found” not asked/,
    'a glass that is not there has nobody who may judge it',
  ],
  [
    /^src\/capabilities\/(cases|oversight)\/policy\.ts:\d+ 1 for 0/,
    'what is held by who has no access is asked only of who has: the rule beside it asked for a place first',
  ],
  [
    /^src\/capabilities\/visits\/policy\.ts:\d+ “leads” not asked$/,
    'it stands under “in charge”, and whoever is in charge leads',
  ],
  [
    /^src\/capabilities\/referrals\/policy\.ts:\d+ 1 for 0$/,
    'what is held by who has no access is asked only of who has: who may ask was asked first',
  ],
  [
    /^src\/capabilities\/(care|tasks)\/policy\.ts:\d+ 1 for 0/,
    'of what is shared only the services’ bit is asked, which 1 is not',
  ],
]
export const reasonFor = (name: string): string | undefined => reasons.find(([pattern]) => pattern.test(name))?.[1]
