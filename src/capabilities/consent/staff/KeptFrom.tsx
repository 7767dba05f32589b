import { useWords } from '#ui/words-context.tsx'
import { keptFrom, type Shareable } from '../asking.ts'

/** In one sentence what somebody does not learn: that is kept from them by name. */
export function KeptFrom({ name, share }: { name: string; share: readonly (Shareable | 'nothing')[] }) {
  const { t, list } = useWords()
  const kept = keptFrom({ share }).filter(one => one !== 'STA')
  if (share.includes('nothing')) return t('consent.kept.all', { name })
  if (kept.length === 0) return t('consent.kept.nothing', { name })
  return t('consent.kept.some', { name, what: list(kept.map(one => t(`consent.kept.${one}`))) })
}
