import { useWords } from './words-context.tsx'

const widths = ['92%', '78%', '86%', '64%', '80%', '70%']

/** Grey lines where text will be. Says "Loading" once, then keeps still. */
export function Loading({ lines = 3, label }: { lines?: number; label?: string }) {
  const { t } = useWords()
  return (
    <div className="loading" role="status" aria-busy="true">
      <span className="hidden-visually">{label ?? t('ui.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and never move
        <svg key={line} className="loading-line" aria-hidden="true">
          <rect width={widths[line % widths.length]} height="100%" rx="4" />
        </svg>
      ))}
    </div>
  )
}
