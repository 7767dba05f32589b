import { type CountryPack, notificationDemanded, textStanding } from '#platform/country/pack.ts'
import type { ReviewedText } from '#platform/country/vocabulary.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { languages } from '#platform/words/words.ts'
import { type Country, directory } from '../contract.ts'
import { policy } from '../policy.ts'

/** The country pack as the field needs it. Somebody without an active role sees the installation's own country. */
export const country = handle(directory.country, policy, {
  run: async ({ services, session }): Promise<Country> => {
    const pack = services.packs.get(session?.actor?.country ?? services.config.country)
    if (!pack) throw notFound()
    return {
      code: pack.code,
      names: pack.names,
      demonstration: pack.demonstration,
      languages: pack.languages,
      timeZone: pack.timeZone.value ?? 'UTC',
      childUnder: pack.childUnder.value ?? 18,
      places: pack.places.map(({ code, kind, within, names }) => ({ code, kind, within, names })),
      hotlines: pack.hotlines.items.map(({ code, kind, names, number, hours, free }) => ({
        code,
        kind,
        names,
        number,
        hours: hours === 'always' ? null : hours,
        free,
      })),
      dangerSteps: pack.dangerSteps.map(({ code, texts }) => ({ code, texts })),
      standing: { consent: standingOf(pack, 'consent'), danger: standingOf(pack, 'danger') },
      notification: demandedOf(pack),
    }
  },
})

const demandedOf = (pack: CountryPack) => {
  const facts = notificationDemanded(pack)
  return facts ? [...facts] : null
}
const standingOf = (pack: CountryPack, text: ReviewedText) =>
  Object.fromEntries(languages.map(({ code }) => [code, textStanding(pack, code, text)]))
