import type { Group } from '#platform/forms/definition.ts'
import { after, group, isNot, type Person, whenReady, yesNo } from './parts.ts'

const whereMoved = isNot('moved', 'no')

/** Indicators of the dimension vulnerability-recruitment; and paying somebody who decides for the person. */
export const weakPosition = (person: Person): Group => {
  const adultOnly =
    person === 'adult'
      ? [
          yesNo('vulnerable-false-law', {
            en: 'Were you told things about the law or the authorities that were not true?',
            es: '¿Le dijeron cosas sobre la ley o las autoridades que no eran verdad?',
          }),
        ]
      : []
  return group(
    'weak-position',
    { en: 'What others took advantage of', es: 'De qué se aprovecharon otros' },
    [
      yesNo(
        'used',
        {
          en: 'Was there something hard in your life that somebody took advantage of?',
          es: '¿Había algo difícil en su vida de lo que alguien se aprovechó?',
        },
        {
          hint: {
            en: 'Needing something is nobody’s fault. It is about what others made of it. Skipping is fine.',
            es: 'Nadie tiene la culpa de necesitar algo. Se trata de lo que otros hicieron con eso. Se puede omitir.',
          },
        },
      ),
      ...[
        yesNo('vulnerable-difficult-family', {
          en: 'Did somebody take advantage of trouble or loss in your family?',
          es: '¿Alguien se aprovechó de problemas o pérdidas en su familia?',
        }),
        yesNo('vulnerable-family', {
          en: 'Did somebody take advantage of your duty to provide for your family?',
          es: '¿Alguien se aprovechó de que usted tenía que mantener a su familia?',
        }),
        yesNo('vulnerable-irregular-status', {
          en: 'Did somebody take advantage of you because you had no papers or permit?',
          es: '¿Alguien se aprovechó de que no tenía documentos o permiso?',
        }),
        yesNo('vulnerable-education-language', {
          en: 'Did somebody take advantage of you because you had little schooling, or did not know the language?',
          es: '¿Alguien se aprovechó de que tenía pocos estudios o no conocía el idioma?',
        }),
        yesNo('vulnerable-no-information', {
          en: 'Did somebody take advantage of you because you could not find out the facts?',
          es: '¿Alguien se aprovechó de que usted no podía informarse por su cuenta?',
        }),
        yesNo('vulnerable-control', {
          en: 'Did these people already control your life before this began?',
          es: '¿Esas personas ya controlaban su vida antes de que esto empezara?',
        }),
        yesNo('vulnerable-economic', {
          en: 'Did somebody take advantage of you because you needed money or work?',
          es: '¿Alguien se aprovechó de que necesitaba dinero o trabajo?',
        }),
        yesNo('vulnerable-false-success', {
          en: 'Were you told untrue stories about others who did well there?',
          es: '¿Le contaron historias falsas de otros a quienes les fue bien allí?',
        }),
        ...adultOnly,
        yesNo('vulnerable-personal', {
          en: 'Did somebody take advantage of you because you were ill, alone or in need of something?',
          es: '¿Alguien se aprovechó de una enfermedad, de la soledad o de otra necesidad suya?',
        }),
        yesNo('vulnerable-emotional', {
          en: 'Did somebody take advantage of your love for them, or your trust in them?',
          es: '¿Alguien se aprovechó del cariño o la confianza que usted le tenía?',
        }),
        yesNo('vulnerable-authorities', {
          en: 'Did somebody take advantage of you because your permit depended on them, or because you feared the authorities?',
          es: '¿Alguien se aprovechó de que su permiso dependía de esa persona, o de que usted temía a las autoridades?',
        }),
        yesNo('vulnerable-past', {
          en: 'Did somebody take advantage of hard things from your past?',
          es: '¿Alguien se aprovechó de cosas difíciles de su pasado?',
        }),
        yesNo('vulnerable-travel', {
          en: 'Did somebody take advantage of you because you could not arrange the journey alone?',
          es: '¿Alguien se aprovechó de que no podía organizar el viaje por su cuenta?',
        }),
        yesNo('vulnerable-beliefs', {
          en: 'Did somebody take advantage of your beliefs or customs?',
          es: '¿Alguien se aprovechó de sus creencias o costumbres?',
        }),
        yesNo('vulnerable-context', {
          en: 'Did somebody take advantage of a crisis, a storm or other trouble where you lived?',
          es: '¿Alguien se aprovechó de una crisis, un huracán u otro problema donde usted vivía?',
        }),
      ].map(question => ({
        ...question,
        relevant: question.name === 'vulnerable-travel' ? `(${after('used')}) and ${whereMoved}` : after('used'),
      })),
      yesNo('paid-for-consent', {
        en: 'Was somebody who decided for you given money or gifts so that they said yes?',
        es: '¿A alguien que decidía por usted le dieron dinero o regalos para que dijera que sí?',
      }),
    ],
    whenReady,
  )
}
