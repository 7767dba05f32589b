import type { FormNode, Group } from '#platform/forms/definition.ts'
import { ask, type Both, choiceList, chooseOne, group, is, isNot, orNone, type Person, tell, yesNo } from './parts.ts'

export const beforeLists = [
  choiceList('interviewer', {
    woman: { en: 'A woman', es: 'Una mujer' },
    man: { en: 'A man', es: 'Un hombre' },
    either: { en: 'Either is fine', es: 'Me da igual' },
    ...orNone,
  }),
  choiceList('interpreter', {
    none: { en: 'Not needed', es: 'No hace falta' },
    'in-person': { en: 'Here with us', es: 'Aquí con nosotros' },
    'by-phone': { en: 'By telephone', es: 'Por teléfono' },
  }),
  choiceList('yes-no-unsure', {
    yes: { en: 'Yes', es: 'Sí' },
    no: { en: 'No', es: 'No' },
    unsure: { en: 'Not sure', es: 'No lo sé' },
  }),
]

export const childBeforeLists = [
  choiceList('age-now', {
    child: { en: 'A child', es: 'Es menor de 18 años' },
    'in-doubt': { en: 'Perhaps a child: there is doubt', es: 'Quizás es menor de 18 años: hay duda' },
    'adult-now': { en: 'An adult now, but not when it began', es: 'Es adulta ahora, pero no cuando empezó' },
  }),
  choiceList('supporter', {
    guardian: { en: 'A guardian', es: 'Tutor o tutora legal' },
    'child-protection': { en: 'A worker of the body that protects children', es: 'Personal que protege a la infancia' },
    'trusted-adult': { en: 'An adult the child trusts', es: 'Un adulto de confianza' },
    'nobody-yet': { en: 'Nobody yet', es: 'Nadie todavía' },
  }),
]

const danger: readonly FormNode[] = [
  yesNo(
    'danger-now',
    { en: 'Is anybody in danger right now?', es: '¿Hay alguien en peligro en este momento?' },
    {
      hint: {
        en: 'The person, their family, others at the place, or you. This comes before everything else.',
        es: 'La persona, su familia, otros en el lugar o usted. Esto va antes que todo lo demás.',
      },
    },
  ),
  ask(
    'danger-steps',
    'note',
    {
      en: 'Follow the urgent steps of your country now. The interview can wait.',
      es: 'Siga ahora los pasos urgentes de su país. La entrevista puede esperar.',
    },
    { relevant: is('danger-now', 'yes') },
  ),
  chooseOne(
    'place-safe',
    'yes-no-unsure',
    { en: 'Is this a safe and quiet place to talk?', es: '¿Es este un lugar seguro y tranquilo para hablar?' },
    {
      hint: {
        en: 'Nobody who may control the person sees or hears you. There is water, a seat and a way out.',
        es: 'Nadie que pueda controlar a la persona los ve ni los oye. Hay agua, asiento y una salida.',
      },
    },
  ),
  ask(
    'place-steps',
    'note',
    {
      en: 'Do not begin here. Find another room or another day, and do not say why in front of others.',
      es: 'No empiece aquí. Busque otra sala u otro día, y no diga el motivo delante de otras personas.',
    },
    { relevant: is('place-safe', 'no', 'unsure') },
  ),
]

const childThen: readonly FormNode[] = [
  yesNo(
    'adult-then',
    { en: 'Were you 18 or older when this began?', es: '¿Tenía 18 años o más cuando esto empezó?' },
    {
      hint: {
        en: 'Asked because the law protects children more. If it is known already, choose it without asking.',
        es: 'Se pregunta porque la ley protege más a quien es menor de edad. Si ya se sabe, elíjalo sin preguntar.',
      },
    },
  ),
  ask(
    'child-interview',
    'note',
    {
      en: 'If there is doubt, go on with the interview for children and young people. Do not ask again what was said so far.',
      es: 'Si hay duda, siga con la entrevista para niños, niñas y adolescentes. No vuelva a preguntar lo que ya se dijo.',
    },
    { relevant: isNot('adult-then', '', 'yes') },
  ),
]

/** Who is there with the person; for a child, first whether it is one. */
const support: Readonly<Record<Person, readonly FormNode[]>> = {
  adult: [
    yesNo('support-wanted', {
      en: 'Would you like somebody you trust to be with you?',
      es: '¿Quiere que le acompañe alguien de su confianza?',
    }),
  ],
  child: [
    chooseOne(
      'age-now',
      'age-now',
      { en: 'Is the person a child?', es: '¿La persona es menor de 18 años?' },
      {
        hint: {
          en: 'If there is doubt, the person is protected as a child. Do not ask for proof.',
          es: 'Si hay duda, se le protege como menor de edad. No pida pruebas.',
        },
      },
    ),
    chooseOne(
      'supporter',
      'supporter',
      { en: 'Who is with the child?', es: '¿Quién acompaña al niño, la niña o adolescente?' },
      {
        hint: {
          en: 'Never somebody who may be part of the harm, even a relative.',
          es: 'Nunca alguien que pueda ser parte del daño, aunque sea familiar.',
        },
        relevant: isNot('age-now', 'adult-now'),
      },
    ),
    ask(
      'supporter-steps',
      'note',
      {
        en: 'Do not begin. Call the body that protects children, and stay with the child until somebody comes.',
        es: 'No empiece. Llame al organismo que protege a la infancia y quédese hasta que llegue alguien.',
      },
      { relevant: is('supporter', 'nobody-yet') },
    ),
    yesNo(
      'supporter-accepted',
      {
        en: 'Is it all right for you that this person stays with us?',
        es: '¿Está bien para usted que esta persona se quede con nosotros?',
      },
      {
        hint: {
          en: 'Ask when the supporter cannot hear. If not, find somebody else.',
          es: 'Pregúntelo cuando esa persona no pueda oír. Si no está bien, busque a otra.',
        },
        relevant: isNot('supporter', '', 'nobody-yet'),
      },
    ),
    yesNo(
      'support-wanted',
      {
        en: 'Would you like somebody you trust to be with you?',
        es: '¿Quiere que le acompañe alguien de su confianza?',
      },
      { relevant: is('age-now', 'adult-now') },
    ),
  ],
}

const talking: readonly FormNode[] = [
  chooseOne('interviewer', 'interviewer', {
    en: 'With whom would you rather talk?',
    es: '¿Con quién prefiere hablar?',
  }),
  chooseOne('interpreter', 'interpreter', {
    en: 'Is there an interpreter?',
    es: '¿Hay intérprete?',
  }),
  chooseOne(
    'interpreter-free',
    'yes-no-unsure',
    {
      en: 'Is the interpreter independent of everybody around the person?',
      es: '¿El intérprete es ajeno a todos los que rodean a la persona?',
    },
    {
      hint: {
        en: 'Certified if possible. Never from the employer, a recruiter, the family or another worker.',
        es: 'Certificado si es posible. Nunca del empleador, de un reclutador, de la familia ni de otro trabajador.',
      },
      relevant: is('interpreter', 'in-person', 'by-phone'),
    },
  ),
  yesNo(
    'interpreter-accepted',
    {
      en: 'Do you understand the interpreter well, and feel safe with them?',
      es: '¿Entiende bien al intérprete y se siente en confianza?',
    },
    { relevant: is('interpreter', 'in-person', 'by-phone') },
  ),
]

const limitsTold = ask('limits-told', 'acknowledge', {
  en: 'I have said who will read this, what must be passed on, and that any question may be skipped.',
  es: 'He dicho quién va a leer esto, qué se debe comunicar y que se puede omitir cualquier pregunta.',
})

const begin = (person: Person): readonly FormNode[] => [
  yesNo(
    'told-before',
    { en: 'Have you told this to somebody before?', es: '¿Ya le contó esto a alguien?' },
    {
      hint: {
        en: 'If so, read that first. Fill in what is known and ask only for what is missing.',
        es: 'Si es así, lea eso primero. Complete lo que ya se sabe y pregunte solo lo que falta.',
      },
    },
  ),
  tell(
    'not-again',
    { en: 'Is there anything I should not ask about?', es: '¿Hay algo sobre lo que no debo preguntar?' },
    {
      hint: {
        en: 'Whoever reads this later does not ask about it again.',
        es: 'Quien lea esto después no vuelve a preguntar por ello.',
      },
    },
  ),
  yesNo(
    'ready',
    {
      en: 'Are you ready to begin? You can pause or stop at any time, and help does not depend on it.',
      es: '¿Quiere empezar? Puede hacer una pausa o parar cuando quiera, y la ayuda no depende de eso.',
    },
    {
      hint:
        person === 'child'
          ? {
              en: 'Ask a child as little as you can. Short talks on several days are better than a long one.',
              es: 'Pregunte lo menos posible a un niño, niña o adolescente. Es mejor hablar poco en varios días que mucho en uno.',
            }
          : {
              en: 'If not, thank the person, offer help and agree on another time.',
              es: 'Si no, dé las gracias, ofrezca ayuda y acuerden otro momento.',
            },
    },
  ),
]

const title: Both = { en: 'Before we begin', es: 'Antes de empezar' }

export const before = (person: Person): Group =>
  group('before', title, [
    ...danger,
    ...talking,
    ...support[person],
    limitsTold,
    ...(person === 'adult' ? childThen : []),
    ...begin(person),
  ])
