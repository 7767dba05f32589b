import type { Rules, Standing } from './oracle.ts'

const held = (it: Standing) => it.held
const charge = (it: Standing) => it.charge
/** The care is the coordinator's in charge; its end is the unit's; who gives a service sees and writes their own part. */
const unitOrCharge: Rules = { intake: held, 'decision-maker': held, coordinator: charge }
export const careRules: Readonly<Record<string, Rules>> = {
  ...Object.fromEntries(
    [
      'assess',
      'assessments',
      'safety',
      'changeSafety',
      'codeWord',
      'plans',
      'savePlan',
      'agreePlan',
      'printPlan',
      'moveAction',
      'deliveries',
      'followUps',
      'planFollowUps',
      'markFollowUp',
      'proposeClosure',
      'child',
      'weighInterest',
      'nameGuardian',
      'endGuardian',
    ].map(name => [`care.${name}`, { coordinator: charge }]),
  ),
  'care.asked': { provider: it => it.accepted, 'shelter-manager': it => it.accepted },
  'care.deliver': { coordinator: charge, provider: it => it.accepted, 'shelter-manager': it => it.accepted },
  'care.closing': unitOrCharge,
  'care.reopen': unitOrCharge,
  'care.secondClosure': { intake: held, 'decision-maker': held },
}
