import type { Group } from '#platform/forms/definition.ts'
import { notAsked } from './interview-marked.ts'
import { after, group, isNot, type Person, tell, whenReady, yesNo } from './parts.ts'

/** Indicators of the dimension coercion-destination. */
export const pressureThere = (person: Person): Group =>
  group(
    'pressure-there',
    { en: 'Staying and leaving', es: 'Quedarse o irse' },
    [
      tell('told-leaving', {
        en: 'What happened if you wanted to leave, or to say no?',
        es: '¿Qué pasaba si quería irse o decir que no?',
      }),
      yesNo(
        'made-to-stay',
        {
          en: 'Did somebody do or say things so that you stayed, or did what they wanted?',
          es: '¿Alguien hizo o dijo cosas para que se quedara, o para que hiciera lo que querían?',
        },
        {
          hint: {
            en: 'Mark what was told already without asking again.',
            es: 'Marque lo que ya se contó, sin volver a preguntar.',
          },
        },
      ),
      ...[
        yesNo('coerced-papers-taken', {
          en: 'Did somebody keep your papers while you were there?',
          es: '¿Alguien guardaba sus documentos mientras estaba allí?',
        }),
        yesNo('coerced-debt-bondage', {
          en: 'Did you have to stay and work to pay back a debt?',
          es: '¿Tenía que quedarse y trabajar para pagar una deuda?',
        }),
        yesNo('coerced-isolation', {
          en: 'Were you kept apart from others, locked in or watched there?',
          es: '¿Le tenían allí bajo encierro, vigilancia o sin contacto con otros?',
        }),
        notAsked(person, 'coerced-violence', {
          asked: { en: 'Did somebody hurt you there?', es: '¿Alguien le hizo daño allí?' },
          marked: {
            en: 'Was it told that somebody hurt the person there?',
            es: '¿Se contó que alguien le hizo daño a la persona allí?',
          },
        }),
        yesNo('coerced-threats', {
          en: 'Did somebody there say they would hurt you?',
          es: '¿Alguien allí dijo que le haría daño?',
        }),
        notAsked(person, 'coerced-crime', {
          asked: {
            en: 'Did somebody make you do something against the law?',
            es: '¿Alguien le obligó a hacer algo contra la ley?',
          },
          marked: {
            en: 'Was it told that somebody made the person do something against the law?',
            es: '¿Se contó que alguien obligó a la persona a hacer algo contra la ley?',
          },
        }),
        notAsked(person, 'coerced-tasks', {
          asked: {
            en: 'Did somebody make you do tasks, or take customers, against your will?',
            es: '¿Alguien le obligó a hacer tareas o a atender clientes contra su voluntad?',
          },
          marked: {
            en: 'Was it told that the person had to do tasks, or take customers, against their will?',
            es: '¿Se contó que la persona tenía que hacer tareas o atender clientes contra su voluntad?',
          },
        }),
        yesNo('coerced-influence', {
          en: 'Did somebody there decide almost everything for you, such as whether you could change work?',
          es: '¿Alguien allí decidía casi todo por usted, por ejemplo si podía cambiar de trabajo?',
        }),
        notAsked(person, 'coerced-against-peers', {
          asked: {
            en: 'Did somebody make you act against others who were there?',
            es: '¿Alguien le obligó a actuar contra otras personas que estaban allí?',
          },
          marked: {
            en: 'Was it told that somebody made the person act against others who were there?',
            es: '¿Se contó que alguien obligó a la persona a actuar contra otras que estaban allí?',
          },
        }),
        yesNo('coerced-lies', {
          en: 'Did somebody make you say untrue things to the authorities, your family or others?',
          es: '¿Alguien le obligó a decir cosas falsas a las autoridades, a su familia o a otros?',
        }),
        yesNo('coerced-denunciation', {
          en: 'Did somebody there say they would report you to the authorities?',
          es: '¿Alguien allí dijo que le denunciaría a las autoridades?',
        }),
        yesNo('coerced-worse-conditions', {
          en: 'Did somebody there say they would make things even harder for you?',
          es: '¿Alguien allí dijo que le haría las cosas todavía más difíciles?',
        }),
        notAsked(person, 'coerced-violence-family', {
          asked: {
            en: 'Was somebody in your family hurt or threatened so that you would stay?',
            es: '¿Hicieron daño o amenazaron a alguien de su familia para que usted se quedara?',
          },
          marked: {
            en: 'Was it told that the family was hurt or threatened so that the person would stay?',
            es: '¿Se contó que hicieron daño o amenazaron a la familia para que la persona se quedara?',
          },
        }),
        yesNo('coerced-wages-withheld', {
          en: 'Did somebody hold back your pay so that you would stay?',
          es: '¿Alguien le retenía el pago para que se quedara?',
        }),
        yesNo('coerced-exposure', {
          en: 'Did somebody there say they would tell your family or others something about you?',
          es: '¿Alguien allí dijo que contaría algo de usted a su familia o a otros?',
        }),
      ].map(question => ({ ...question, relevant: after('made-to-stay') })),
    ],
    whenReady,
  )

/** Indicators of the dimension vulnerability-destination. */
export const weakPositionThere: Group = group(
  'weak-position-there',
  { en: 'What made leaving hard', es: 'Qué hacía difícil irse' },
  [
    yesNo(
      'hard-to-leave',
      {
        en: 'Was there something else that made it hard to leave?',
        es: '¿Había algo más que hacía difícil irse?',
      },
      {
        hint: {
          en: 'Staying is never a fault. Say so, if it helps.',
          es: 'Quedarse nunca es una culpa. Dígalo, si ayuda.',
        },
      },
    ),
    ...[
      yesNo('dependent-on-exploiters', {
        en: 'Did you need those people for food, a place to stay or getting around?',
        es: '¿Necesitaba a esas personas para comer, tener dónde quedarse o moverse?',
      }),
      yesNo('dependent-unknown-area', {
        en: 'Was it hard to leave because you did not know the area?',
        es: '¿Era difícil irse porque no conocía la zona?',
      }),
      yesNo('dependent-economic', {
        en: 'Did somebody use your lack of money to keep you there?',
        es: '¿Alguien usó su falta de dinero para que se quedara?',
      }),
      yesNo('dependent-family', {
        en: 'Did somebody use your worries for your family to keep you there?',
        es: '¿Alguien usó su preocupación por la familia para que se quedara?',
      }),
      yesNo('dependent-authorities', {
        en: 'Did somebody use your permit to stay, or your fear of the authorities, to keep you there?',
        es: '¿Alguien usó su permiso, o su temor a las autoridades, para que se quedara?',
      }),
      yesNo('dependent-past', {
        en: 'Did somebody use hard things from your past to keep you there?',
        es: '¿Alguien usó cosas difíciles de su pasado para que se quedara?',
      }),
      yesNo('dependent-personal', {
        en: 'Did somebody use who you are, or a group you belong to, to keep you there?',
        es: '¿Alguien usó quién es usted, o un grupo al que pertenece, para que se quedara?',
      }),
    ].map(question => ({
      ...question,
      relevant:
        question.name === 'dependent-unknown-area'
          ? `(${after('hard-to-leave')}) and ${isNot('moved', 'no')}`
          : after('hard-to-leave'),
    })),
  ],
  whenReady,
)
