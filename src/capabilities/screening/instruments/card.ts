import type { About, Instrument } from '../instrument.ts'
import { ask, type Both, choiceList, chooseMany, languages } from './parts.ts'

/** Signs to notice without asking: what can be seen or heard while doing the work one came for. */
export interface Card {
  readonly id: string
  readonly version: string
  readonly sector: About['sector']
  readonly person: 'any' | 'child'
  readonly title: Both
  /** Name of the choice → what can be noticed. */
  readonly signs: Readonly<Record<string, Both>>
  readonly source: string
}

const advice: Readonly<Record<Card['person'], Both>> = {
  any: {
    en: 'Talk with the person if it is safe and they want to. Offer help. If you are worried, refer, with their agreement. A child is always referred. Signs neither prove nor disprove anything.',
    es: 'Hable con la persona si es seguro y si ella quiere. Ofrezca ayuda. Si algo le preocupa, derive el caso, con el acuerdo de la persona. El caso de un niño, niña o adolescente se deriva siempre. Las señales no prueban ni descartan nada.',
  },
  child: {
    en: 'Do not question the child. Listen if they want to talk, and offer help. Tell the body that protects children today. Signs neither prove nor disprove anything.',
    es: 'No interrogue al niño, la niña o adolescente. Escuche si quiere hablar y ofrezca ayuda. Avise hoy al organismo que protege a la infancia. Las señales no prueban ni descartan nada.',
  },
}

export function card({ id, version, sector, person, title, signs, source }: Card): Instrument {
  const names = Object.keys(signs)
  return {
    form: {
      id,
      version,
      title,
      languages,
      defaultLanguage: 'en',
      lists: [choiceList('signs', signs)],
      body: [
        chooseMany(
          'signs',
          'signs',
          { en: 'What did you notice?', es: '¿Qué notó usted?' },
          {
            hint: {
              en: 'Choose all that fit. Do not ask about them. One sign proves nothing, and no sign proves nothing either.',
              es: 'Elija todo lo que corresponda. No pregunte por ello. Una señal no prueba nada, y que no haya señales tampoco.',
            },
          },
        ),
        ask(
          'noticed',
          'text',
          { en: 'What else did you notice?', es: '¿Qué más notó?' },
          {
            hint: {
              en: 'What you saw or heard, not what you think it means. It may stay empty.',
              es: 'Lo que vio u oyó, no lo que cree que significa. Puede quedar vacío.',
            },
            appearance: 'multiline',
          },
        ),
      ],
    },
    rules: [
      {
        code: 'notice',
        label: { en: 'Something was noticed', es: 'Se notó algo' },
        advice: advice[person],
        when: { kind: 'chosen', count: 1, question: 'signs', choices: names },
        source: 'UNODC teaching module 6, unodc.org/e4j: indicators neither prove nor disprove; the next step is ours',
        verified: 'V',
        signedOff: null,
      },
    ],
    about: {
      layer: 'card',
      sector,
      person,
      whoMayUse: ['officer', 'intake', 'coordinator'],
      trainingNeeded: false,
      source,
      verified: 'G',
      licence: 'The wording is ours and under the licence of this software. No wording of the original is used',
      validity: {
        status: 'not-validated',
        statement: {
          en: 'This card has not been tested. Signs neither prove nor disprove. The same sign weighs differently by place. Signs from the time of exploitation are more reliable than earlier ones. Those who exploit people know such lists too. Signs mean: talk further if it is safe, and offer help.',
          es: 'Esta tarjeta no se ha puesto a prueba. Las señales no prueban ni descartan nada. La misma señal pesa distinto según el lugar. Las señales del tiempo de la explotación son más fiables que las anteriores. Quienes explotan a otras personas también conocen estas listas. Las señales significan: siga conversando si es seguro y ofrezca ayuda.',
        },
        source: 'UNODC teaching module 6, unodc.org/e4j',
        verified: 'V',
      },
    },
  }
}
