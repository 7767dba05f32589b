import type { Dimension } from '../indicators.ts'
import type { Both } from './parts.ts'

interface RuleTexts {
  readonly label: Both
  readonly advice: Both
}

const noDecision = {
  en: 'This is not a decision, and no referral waits for it.',
  es: 'Esto no es una decisión, y ninguna derivación espera por ello.',
}

const withNote = ({ label, advice }: RuleTexts): RuleTexts => ({
  label,
  advice: { en: `${advice.en} ${noDecision.en}`, es: `${advice.es} ${noDecision.es}` },
})

export const dimensionTexts: Readonly<Record<Dimension, RuleTexts>> = {
  'deceptive-recruitment': withNote({
    label: { en: 'Recruited by deception', es: 'Captación con engaño' },
    advice: {
      en: 'What was promised differs from what was found. Offer advice about rights and pay.',
      es: 'Lo prometido es distinto de lo que encontró. Ofrezca orientación sobre derechos y pago.',
    },
  }),
  'coercive-recruitment': withNote({
    label: { en: 'Recruited by force or threats', es: 'Captación con fuerza o amenazas' },
    advice: {
      en: 'The person was put under pressure to go. See first whether they and their family are safe now.',
      es: 'La persona se fue bajo presión. Vea primero si ella y su familia están a salvo ahora.',
    },
  }),
  'vulnerability-recruitment': withNote({
    label: {
      en: 'Recruited by taking advantage of a weak position',
      es: 'Captación aprovechando una situación de debilidad',
    },
    advice: {
      en: 'Others took advantage of a need. Ask which help would meet it.',
      es: 'Otros se aprovecharon de una necesidad de la persona. Pregunte qué ayuda la cubriría.',
    },
  }),
  exploitation: withNote({
    label: { en: 'Exploitation', es: 'Explotación' },
    advice: {
      en: 'The work or the life there was unfair or harmful. Offer help with pay, health and rights.',
      es: 'El trabajo o la vida allí era injusto o dañino. Ofrezca ayuda con el pago, la salud y los derechos.',
    },
  }),
  'coercion-destination': withNote({
    label: { en: 'Force or threats at the place', es: 'Fuerza o amenazas en el lugar' },
    advice: {
      en: 'Somebody made the person stay or obey. Make a safety plan before anything else.',
      es: 'Alguien hizo que la persona se quedara u obedeciera. Haga un plan de seguridad antes que nada.',
    },
  }),
  'vulnerability-destination': withNote({
    label: {
      en: 'Kept by taking advantage of a weak position',
      es: 'Retención aprovechando una situación de debilidad',
    },
    advice: {
      en: 'Others used a need so that the person stayed. Ask what would make leaving, or staying away, possible.',
      es: 'Otros usaron una necesidad para que se quedara. Pregunte qué le permitiría irse o no volver.',
    },
  }),
}

export type ElementCode =
  | 'act'
  | 'means-deception'
  | 'means-force'
  | 'means-weak-position'
  | 'means-payment'
  | 'means'
  | 'purpose-told'
  | 'purpose'
  | 'elements-adult'
  | 'child-then'
  | 'elements-child'

const alleged: Both = {
  en: 'At least one answer speaks for it. Write down what was told.',
  es: 'Al menos una respuesta lo indica. Anote lo que se contó.',
}

export const elementTexts: Readonly<Record<ElementCode, RuleTexts>> = {
  act: withNote({ label: { en: 'Act, as told', es: 'Acto, según lo contado' }, advice: alleged }),
  'means-deception': withNote({
    label: { en: 'Means, as told: deception', es: 'Medio, según lo contado: engaño' },
    advice: alleged,
  }),
  'means-force': withNote({
    label: {
      en: 'Means, as told: force, threats or pressure',
      es: 'Medio, según lo contado: fuerza, amenazas o presión',
    },
    advice: alleged,
  }),
  'means-weak-position': withNote({
    label: {
      en: 'Means, as told: taking advantage of a weak position',
      es: 'Medio, según lo contado: aprovechar una situación de debilidad',
    },
    advice: alleged,
  }),
  'means-payment': withNote({
    label: {
      en: 'Means, as told: paying somebody who decided for the person',
      es: 'Medio, según lo contado: pagar a quien decidía por la persona',
    },
    advice: alleged,
  }),
  means: withNote({
    label: { en: 'Means, as told', es: 'Medio, según lo contado' },
    advice: {
      en: 'Once a means was used, it does not matter that the person had agreed.',
      es: 'Si se usó un medio, no importa que la persona hubiera aceptado.',
    },
  }),
  'purpose-told': withNote({
    label: { en: 'Purpose, as told', es: 'Fin, según lo contado' },
    advice: {
      en: 'What others wanted was told. It counts too if it was planned and did not happen.',
      es: 'Se contó qué querían otros. También cuenta si se planeó y no ocurrió.',
    },
  }),
  purpose: withNote({
    label: { en: 'Purpose: exploitation, as told', es: 'Fin: explotación, según lo contado' },
    advice: alleged,
  }),
  'elements-adult': {
    label: { en: 'Act, means and purpose were told', es: 'Se contaron acto, medio y fin' },
    advice: {
      en: 'Offer help and time to think. Pass it to the competent body if the person agrees. Only that body decides, and no referral waits for it.',
      es: 'Ofrezca ayuda y tiempo para pensar. Derive el caso a la autoridad competente si la persona está de acuerdo. Solo esa autoridad decide, y ninguna derivación espera por ello.',
    },
  },
  'child-then': withNote({
    label: { en: 'A child when it began, or perhaps', es: 'Era menor de edad cuando empezó, o quizás' },
    advice: {
      en: 'For a child no means has to be shown. Use the interview for children and young people for what happened before 18.',
      es: 'Tratándose de un niño, niña o adolescente no hace falta mostrar un medio. Use la entrevista para niños, niñas y adolescentes para lo que pasó antes de los 18 años.',
    },
  }),
  'elements-child': {
    label: {
      en: 'Act and purpose were told; no means is needed',
      es: 'Se contaron acto y fin; no hace falta un medio',
    },
    advice: {
      en: 'This is enough for somebody under 18. Tell the body that protects children today. Only the competent body decides, and no help waits for it.',
      es: 'Esto basta para alguien menor de 18 años. Avise hoy al organismo que protege a la infancia. Solo decide la autoridad competente, y ninguna ayuda espera por ello.',
    },
  },
}

export const helpTexts = {
  'danger-now': {
    label: { en: 'Somebody is in danger now', es: 'Alguien está en peligro ahora' },
    advice: {
      en: 'Stop and follow the urgent steps of your country. The interview can wait.',
      es: 'Deténgase y siga los pasos urgentes de su país. La entrevista puede esperar.',
    },
  },
  'place-not-safe': {
    label: { en: 'The place is not safe for talking', es: 'El lugar no es seguro para hablar' },
    advice: {
      en: 'Do not go on here. Find another room or another day.',
      es: 'No siga aquí. Busque otra sala u otro día.',
    },
  },
  'interpreter-not-free': {
    label: { en: 'The interpreter may not be independent', es: 'Quizás el intérprete no es independiente' },
    advice: {
      en: 'Stop kindly and find another interpreter. Check again what was said so far.',
      es: 'Pare con amabilidad y busque otro intérprete. Revise de nuevo lo dicho hasta ahora.',
    },
  },
  'still-there': {
    label: { en: 'The person is still there', es: 'La persona todavía está allí' },
    advice: {
      en: 'Plan together how to stay safe, and how to leave if they want to. Contact them only in the way they chose.',
      es: 'Planeen cómo estar a salvo y cómo irse, si quiere. Contacte a la persona solo como ella eligió.',
    },
  },
  'no-safe-night': {
    label: { en: 'No safe place for tonight', es: 'Sin lugar seguro para esta noche' },
    advice: {
      en: 'Offer a safe place today. It does not depend on what was told.',
      es: 'Ofrezca hoy un lugar seguro. No depende de lo que se contó.',
    },
  },
  'fear-now': {
    label: { en: 'Fear for the person or for others', es: 'Temor por la persona o por otros' },
    advice: {
      en: 'Make a safety plan together. Ask who must not learn of this talk.',
      es: 'Hagan juntos un plan de seguridad. Pregunte quién no debe enterarse de esta conversación.',
    },
  },
  'care-needed': {
    label: { en: 'Care is wanted', es: 'Necesita atención' },
    advice: {
      en: 'Offer a doctor, a nurse or somebody to talk with, by the person’s choice.',
      es: 'Ofrezca atención médica o alguien con quien hablar, según elija la persona.',
    },
  },
  'others-not-safe': {
    label: {
      en: 'People who depend on the person may need help',
      es: 'Quienes dependen de la persona quizás necesitan ayuda',
    },
    advice: {
      en: 'Ask what would help them, and offer it. Children among them are always referred.',
      es: 'Pregunte qué les ayudaría y ofrézcalo. El caso de los niños, niñas y adolescentes se deriva siempre.',
    },
  },
} as const satisfies Record<string, RuleTexts>
