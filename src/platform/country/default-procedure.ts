import type { CountryPack } from './pack.ts'
import type { IdentificationState, Procedure, ProcedureMove, ProcedureState } from './procedure.ts'

const ongoing = (code: IdentificationState, more: Partial<ProcedureState> = {}): ProcedureState => ({
  code,
  status: 'PossibleVictimOfTrafficking',
  ends: false,
  seconded: false,
  pauses: false,
  ...more,
})
const interrupted = (code: IdentificationState, ends: boolean): ProcedureState => ({
  code,
  status: null,
  ends,
  seconded: false,
  pauses: true,
})

const plain: Pick<ProcedureMove, 'stage' | 'starts' | 'stops'> = { stage: null, starts: [], stops: [] }
const decided: Pick<ProcedureMove, 'roles' | 'starts' | 'stops'> = { roles: ['decision-maker'], starts: [], stops: [] }

/** Of either stage: a line on each element and what of the case it rests on; a yes says the elements too. */
const askedOfYes: ProcedureMove['needs'] = ['elements', 'grounds', 'evidence', 'reasons']
const askedOfNo: ProcedureMove['needs'] = ['grounds', 'evidence', 'reasons', 'second-person']

/** Everything between the referral and the end: wherever somebody can go missing, withdraw, leave or die. */
const underway: IdentificationState[] = [
  'pending',
  'proposed-negative',
  'reasonable-grounds',
  'no-reasonable-grounds',
  'reconsidering-reasonable-grounds',
  'proposed-reasonable-grounds-again',
  'conclusive-pending',
  'proposed-conclusive-negative',
  'conclusive-grounds',
  'no-conclusive-grounds',
  'reconsidering-conclusive-grounds',
  'proposed-conclusive-grounds-again',
]
const interruption = (
  code: 'withdraw' | 'transfer' | 'report-missing' | 'record-death',
  to: IdentificationState,
): ProcedureMove => ({
  ...plain,
  code,
  from: underway,
  to,
  roles: ['intake', 'coordinator'],
  needs: code === 'transfer' ? ['reasons', 'country'] : ['reasons'],
})

/**
 * The two-stage procedure of a country whose pack says none: reasonable grounds, recovery and reflection, conclusive
 * grounds, reconsideration of either. A proposal of this project; a national lawyer has to look at it.
 */
export const defaultProcedure: Procedure = {
  stages: [
    {
      code: 'reasonable-grounds',
      thresholds: {
        en: 'Is there reason to believe that this person was trafficked? A well-founded suspicion is enough; proof is not needed.',
        es: '¿Hay razones para creer que esta persona pasó por una situación de trata? Basta una sospecha fundada; no se necesitan pruebas.',
      },
    },
    {
      code: 'conclusive-grounds',
      thresholds: {
        en: 'Is it more likely than not that this person was trafficked? Look at everything that is known by now.',
        es: '¿Es más probable que improbable que esta persona haya pasado por una situación de trata? Considere todo lo que se sabe hasta ahora.',
      },
    },
  ],
  states: [
    ongoing('none'),
    ongoing('pending'),
    ongoing('proposed-negative', { seconded: true }),
    ongoing('reasonable-grounds'),
    ongoing('no-reasonable-grounds', { ends: true }),
    ongoing('reconsidering-reasonable-grounds'),
    ongoing('proposed-reasonable-grounds-again', { seconded: true }),
    ongoing('conclusive-pending'),
    ongoing('proposed-conclusive-negative', { seconded: true }),
    ongoing('conclusive-grounds', { ends: true, status: 'ActualVictimOfTrafficking' }),
    ongoing('no-conclusive-grounds', { ends: true, status: 'NotAVictimOfTrafficking' }),
    ongoing('reconsidering-conclusive-grounds'),
    ongoing('proposed-conclusive-grounds-again', { seconded: true }),
    interrupted('withdrawn', true),
    interrupted('transferred', true),
    interrupted('missing', false),
    interrupted('deceased', true),
  ],
  moves: [
    {
      ...decided,
      code: 'decide-positive',
      stage: 'reasonable-grounds',
      from: ['none', 'pending'],
      to: 'reasonable-grounds',
      needs: askedOfYes,
      stops: ['reasonable-grounds'],
      starts: ['recovery-period', 'recovery-review'],
    },
    {
      ...decided,
      code: 'decide-negative',
      stage: 'reasonable-grounds',
      from: ['none', 'pending'],
      to: 'proposed-negative',
      needs: askedOfNo,
    },
    {
      ...decided,
      code: 'confirm-negative',
      stage: 'reasonable-grounds',
      from: ['proposed-negative'],
      to: 'no-reasonable-grounds',
      needs: [],
      stops: ['reasonable-grounds'],
      starts: ['reconsideration-request'],
    },
    {
      ...decided,
      code: 'return',
      stage: 'reasonable-grounds',
      from: ['proposed-negative'],
      to: 'pending',
      needs: [],
    },
    {
      ...plain,
      code: 'review-recovery',
      from: ['reasonable-grounds'],
      to: 'reasonable-grounds',
      roles: ['coordinator', 'decision-maker'],
      needs: ['reasons'],
      stops: ['recovery-review'],
    },
    {
      ...plain,
      code: 'end-recovery',
      from: ['reasonable-grounds'],
      to: 'conclusive-pending',
      roles: ['coordinator', 'decision-maker'],
      needs: ['reasons'],
      stops: ['recovery-period', 'recovery-review'],
      starts: ['conclusive-grounds'],
    },
    {
      ...decided,
      code: 'decide-positive',
      stage: 'conclusive-grounds',
      from: ['conclusive-pending'],
      to: 'conclusive-grounds',
      needs: askedOfYes,
      stops: ['conclusive-grounds'],
    },
    {
      ...decided,
      code: 'decide-negative',
      stage: 'conclusive-grounds',
      from: ['conclusive-pending'],
      to: 'proposed-conclusive-negative',
      needs: askedOfNo,
    },
    {
      ...decided,
      code: 'confirm-negative',
      stage: 'conclusive-grounds',
      from: ['proposed-conclusive-negative'],
      to: 'no-conclusive-grounds',
      needs: [],
      stops: ['conclusive-grounds'],
      starts: ['reconsideration-request'],
    },
    {
      ...decided,
      code: 'return',
      stage: 'conclusive-grounds',
      from: ['proposed-conclusive-negative'],
      to: 'conclusive-pending',
      needs: [],
    },
    ...(['reasonable-grounds', 'conclusive-grounds'] as const).flatMap((stage): ProcedureMove[] => [
      {
        ...plain,
        code: 'request-reconsideration',
        from: [`no-${stage}`],
        to: `reconsidering-${stage}`,
        roles: ['intake', 'coordinator'],
        needs: ['reasons'],
        stops: ['reconsideration-request'],
        starts: [stage],
      },
      {
        ...decided,
        code: 'decide-positive',
        stage,
        from: [`reconsidering-${stage}`],
        to: `proposed-${stage}-again`,
        needs: [...askedOfYes, 'second-person'],
      },
      {
        ...decided,
        code: 'decide-negative',
        stage,
        from: [`reconsidering-${stage}`],
        to: `proposed-${stage}-again`,
        needs: askedOfNo,
      },
      {
        ...decided,
        code: 'confirm-positive',
        stage,
        from: [`proposed-${stage}-again`],
        to: stage,
        needs: [],
        stops: [stage],
        starts: stage === 'reasonable-grounds' ? ['recovery-period', 'recovery-review'] : [],
      },
      {
        ...decided,
        code: 'confirm-negative',
        stage,
        from: [`proposed-${stage}-again`],
        to: `no-${stage}`,
        needs: [],
        stops: [stage],
      },
      {
        ...decided,
        code: 'return',
        stage,
        from: [`proposed-${stage}-again`],
        to: `reconsidering-${stage}`,
        needs: [],
      },
    ]),
    interruption('withdraw', 'withdrawn'),
    interruption('transfer', 'transferred'),
    interruption('report-missing', 'missing'),
    interruption('record-death', 'deceased'),
    {
      ...plain,
      code: 'find',
      from: ['missing'],
      to: 'where-it-was',
      roles: ['intake', 'coordinator'],
      needs: ['reasons'],
    },
    {
      ...plain,
      code: 'reopen',
      // A death that was recorded by mistake too.
      from: ['withdrawn', 'transferred', 'deceased'],
      to: 'where-it-was',
      roles: ['intake', 'coordinator'],
      needs: ['reasons'],
    },
  ],
  notices: [
    { state: 'reasonable-grounds', until: 'recovery-period' },
    { state: 'no-reasonable-grounds', until: 'reconsideration-request' },
    { state: 'conclusive-grounds', until: null },
    { state: 'no-conclusive-grounds', until: 'reconsideration-request' },
  ],
  source: 'Proposed default, made from the published practice of other countries',
  verified: 'P',
}

/** The procedure of a country: its own, or the default. */
export const procedureOf = (pack: CountryPack | undefined): Procedure => pack?.procedure ?? defaultProcedure
