import type { ReactNode } from 'react'
import { Mark } from './Mark.tsx'
import { useStrip } from './strip.ts'

/**
 * The bar above every page: the mark and name, the places one can go, and who is signed in.
 * `home` wraps the name in the router's link; `places` are links, the current one with `aria-current="page"`.
 */
export function TopBar({
  home,
  places,
  label,
  end,
}: {
  home: (content: ReactNode) => ReactNode
  places?: ReactNode
  /** Name of the navigation for screen readers. */
  label: string
  end?: ReactNode
}) {
  const strip = useStrip<HTMLElement>('[aria-current="page"]', places)
  return (
    <header className="top-bar">
      {home(
        <>
          <Mark />
          <span className="top-bar-name">Samaan</span>
        </>,
      )}
      {places && (
        <nav ref={strip} className="top-bar-places" aria-label={label}>
          {places}
        </nav>
      )}
      {end && <div className="top-bar-end">{end}</div>}
    </header>
  )
}
