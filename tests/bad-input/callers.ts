import type { PersonKey } from '../../tools/demonstration/people.ts'

/** Whoever does this operation's work; what is refused here is refused for everybody, before anybody is looked at. */
export const callers: readonly (readonly [RegExp, PersonKey])[] = [
  [/^(screening|consent|referral)\.(record|give|refuse|withdraw|notify|send)/, 'marisol'],
  [/^referral\.(feedback|tell-feedback|take-back-feedback)/, 'dalia'],
  [/^referral\.(where|say-where|take-back-where)/, 'celeste'],
  [/^referral\.(doors|make-|end-link|answer-on-paper)/, 'marisol'],
  [/^case\.(escalations|answer-escalation)/, 'greta'],
  [/^case\.(decide|confirm|evidence|decision-notice|pause-clock|resume-clock|extend-clock)/, 'ines'],
  [/^case\.(change-location|where|change-track|add-note|list-attachments|read-attachment)/, 'dalia'],
  [/^case\.(attach|my-conflicts|settle-conflict|edit-identity)/, 'marisol'],
  [/^(account|organisation)\./, 'odette'],
  [/^(device|record)\./, 'marisol'],
  [/^health\./, 'jonah'],
  [/^justice\.record-consent/, 'dalia'],
  [/^situation\./, 'selma'],
  [
    /^(care|visit|tasks|matching)\.|^referral\.(match|performance|performance-csv|ask-several|rounds|stop-round)/,
    'dalia',
  ],
  [
    /^justice\.(list-leads|make-lead|read-lead|read-lead-file|change-lead|bar-from-lead|end-lead-bar|move-proceedings|handed|read-handed|receipts)/,
    'petra',
  ],
  [
    /^oversight\.(list-glasses|review-glass|propose-erasure|list-due|list-canaries|list-held|answer-held|plant-canary|read-events|export-events|unusual)/,
    'wren',
  ],
]
