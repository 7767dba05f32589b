import type { Instrument } from '../instrument.ts'
import { ask, type Both, languages, yesNo, yesNoList } from './parts.ts'

/** Name of the question → the question, and why it is asked. */
const questions: Readonly<Record<string, { readonly label: Both; readonly hint: Both }>> = {
  promises: {
    label: {
      en: 'Is the work, or life here, very different from what you were promised?',
      es: '¿El trabajo o la vida aquí es muy diferente de lo que le prometieron?',
    },
    hint: {
      en: 'Asked because help depends on it: the job, the pay, the place or the papers. Let the person tell it in their own words. Skipping is fine.',
      es: 'Se pregunta porque de ello depende la ayuda: el trabajo, el pago, el lugar o los documentos. Deje que la persona lo cuente con sus palabras. Se puede omitir.',
    },
  },
  debt: {
    label: {
      en: 'Do you have to keep working to pay back money for travel, housing or something else?',
      es: '¿Tiene que seguir trabajando para devolver dinero del viaje, la vivienda u otra cosa?',
    },
    hint: {
      en: 'Asked because there is help against such debts. One that grows, or that nobody has explained, counts too. Skipping is fine.',
      es: 'Se pregunta porque hay ayuda contra esas deudas. También cuenta una que crece o que nadie ha explicado. Se puede omitir.',
    },
  },
  'for-others': {
    label: {
      en: 'Do you stay in this work because you worry that somebody else might suffer if you left?',
      es: '¿Sigue en este trabajo porque le preocupa que otra persona sufra si lo deja?',
    },
    hint: {
      en: 'Asked because others may need help too: family at home or somebody who works here. Do not ask for names. Skipping is fine.',
      es: 'Se pregunta porque otras personas también pueden necesitar ayuda: la familia o alguien que trabaja aquí. No pregunte nombres. Se puede omitir.',
    },
  },
  papers: {
    label: {
      en: 'Does somebody keep your passport or identity papers from you?',
      es: '¿Alguien le retiene el pasaporte o los documentos de identidad?',
    },
    hint: {
      en: 'Asked because papers can be got back or replaced. Papers kept “for safety” count if the person cannot get them at any time. Skipping is fine.',
      es: 'Se pregunta porque los documentos se pueden recuperar o reponer. Cuentan los guardados «por seguridad» si la persona no puede tenerlos cuando quiera. Se puede omitir.',
    },
  },
  contact: {
    label: {
      en: 'Does anybody stop you from calling your family or friends, or from going where you like in your free time?',
      es: '¿Alguien le impide llamar a su familia o amistades, o ir adonde quiera en su tiempo libre?',
    },
    hint: {
      en: 'Asked to know how the person can be reached safely. Being allowed only while somebody watches or listens counts too. Skipping is fine.',
      es: 'Se pregunta para saber cómo contactar a la persona sin riesgo. También cuenta si solo puede hacerlo mientras alguien vigila o escucha. Se puede omitir.',
    },
  },
  housing: {
    label: {
      en: 'Do you have to live where the person in charge tells you?',
      es: '¿Tiene que vivir donde le dice la persona que manda?',
    },
    hint: {
      en: 'Asked because a safe place to live may be needed. Housing that comes with a job is common; may the person live elsewhere? Skipping is fine.',
      es: 'Se pregunta porque quizás haga falta una vivienda segura. Es común que el trabajo incluya vivienda; ¿puede la persona vivir en otro lugar? Se puede omitir.',
    },
  },
  'told-to-lie': {
    label: {
      en: 'Has anybody told you what to say, or not to say, about your work?',
      es: '¿Alguien le ha dicho qué decir, o qué no decir, sobre su trabajo?',
    },
    hint: {
      en: 'Asked because it shows whether the person can speak freely. For example to an inspector, a doctor or the family. Only when nobody else can hear. Skipping is fine.',
      es: 'Se pregunta porque muestra si la persona puede hablar con libertad. Por ejemplo a inspectores, personal médico o la familia. Solo si nadie más puede oír. Se puede omitir.',
    },
  },
  'made-to-earn': {
    label: {
      en: 'Is somebody making you feel afraid so that you go on earning or paying money for them?',
      es: '¿Alguien le hace sentir miedo para que siga ganando o pagando dinero para esa persona?',
    },
    hint: {
      en: 'Asked because safety comes first. Do not ask what was done; a yes is enough. If there is danger now, stop and follow the urgent steps. Skipping is fine.',
      es: 'Se pregunta porque la seguridad es lo primero. No pregunte qué le hicieron; basta con un sí. Si hay peligro ahora, deténgase y siga los pasos urgentes. Se puede omitir.',
    },
  },
}

export const shortScreen: Instrument = {
  form: {
    id: 'short-screen',
    version: '2',
    title: { en: 'Eight questions', es: 'Ocho preguntas' },
    languages,
    defaultLanguage: 'en',
    style: 'pages',
    lists: [yesNoList],
    body: [
      ask(
        'before',
        'note',
        { en: 'Before you ask', es: 'Antes de preguntar' },
        {
          hint: {
            en: 'For adults only. Ask alone with the person, in a safe place. Any question may be left out. Stop when the person wants to stop.',
            es: 'Solo para personas adultas. Pregunte a solas, en un lugar seguro. Se puede omitir cualquier pregunta. Deténgase cuando la persona quiera.',
          },
        },
      ),
      ...Object.entries(questions).map(([name, { label, hint }]) => yesNo(name, label, { hint })),
    ],
  },
  rules: [
    {
      code: 'talk-further',
      label: { en: 'Talk further and offer help', es: 'Siga conversando y ofrezca ayuda' },
      advice: {
        en: 'At least one answer gives concern. That says nothing certain about the person: most such answers have other reasons. Ask what would help, and refer if the person agrees.',
        es: 'Al menos una respuesta preocupa. Eso no dice nada seguro sobre la persona: la mayoría de esas respuestas tiene otras razones. Pregunte qué le ayudaría y derive el caso si la persona está de acuerdo.',
      },
      when: { kind: 'at-least', count: 1, questions: Object.keys(questions), answers: ['yes'] },
      source: 'Any yes means offering services, as in the Adult Human Trafficking Screening Tool; the words are ours',
      verified: 'G',
      signedOff: null,
    },
  ],
  about: {
    layer: 'short-screen',
    sector: 'any',
    person: 'adult',
    whoMayUse: ['officer', 'intake', 'coordinator'],
    trainingNeeded: true,
    source:
      'The eight topics of the Adult Human Trafficking Screening Tool (HHS/NHTTAC, January 2018); the wording is ours and softer',
    verified: 'G',
    licence:
      'The wording is ours and under the licence of this software. Of the original only the topics are used; its terms were not read',
    validity: {
      status: 'not-validated',
      statement: {
        en: 'A positive short screen means: talk further and offer help. This wording has not been tested. The original (AHTST) was “not yet validated” at its release. A longer, changed version (cut-off of 6 yes; it differs by language) reached a sensitivity of 76.9 % and a specificity of 84.0 % in one study of 176 people with 13 cases (7.3 %). With those figures about 27.5 % of positive screens would be true (our sum). That says nothing about this wording. Where there is no yes, nothing is ruled out: if you are worried, that is enough.',
        es: 'Un resultado positivo significa: siga conversando y ofrezca ayuda. Este texto no se ha puesto a prueba. El original (AHTST) «todavía no estaba validado» cuando se publicó. Una versión más larga y modificada (corte de 6 respuestas afirmativas; varía según el idioma) alcanzó una sensibilidad de 76,9 % y una especificidad de 84,0 % en un estudio de 176 personas con 13 casos (7,3 %). Con esas cifras, cerca de 27,5 % de los resultados positivos serían ciertos (cálculo nuestro). Eso no dice nada sobre este texto. Que no haya ningún sí no descarta nada: si algo le preocupa, eso basta.',
      },
      source: 'forensichealth.com; BMC Public Health 2024, s12889-024-18997-7',
      verified: 'V',
    },
  },
}
