import type { Words } from '#platform/words/words.ts'

/** For whom a service is, as far as somebody said so. */
export interface ForWhom {
  readonly sexes: readonly string[]
  readonly minAge: number | null
  readonly maxAge: number | null
  readonly residence: readonly string[]
  readonly exploitation: readonly string[]
  readonly withChildren: boolean | null
}

/** The same in words, a piece each; nothing where it asks for nothing. */
export function forWhom(
  { sexes, minAge: from, maxAge: to, residence, exploitation, withChildren }: ForWhom,
  { t }: Words,
): string[] {
  const ages =
    from !== null && to !== null
      ? [t('services.for.ages', { from, to })]
      : from !== null
        ? [t('services.for.from', { from })]
        : to !== null
          ? [t('services.for.to', { to })]
          : []
  return [
    ...sexes.map(one => t(`service.served.${one}`)),
    ...ages,
    ...residence.map(one => t(`service.residence.${one}`)),
    ...exploitation.map(one => t(`service.exploitation.${one}`)),
    ...(withChildren === null
      ? []
      : [t(withChildren ? 'services.for.with-children' : 'services.for.without-children')]),
  ]
}
