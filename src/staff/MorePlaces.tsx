import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import './more-places.css'

/** The places that do not fit in the bar: behind a button where it is wide, in the row itself where that is scrolled. */
export default function MorePlaces({ children }: { children: ReactNode }) {
  const { t } = useWords()
  const id = useId()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    document.addEventListener('keydown', leave)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
      document.removeEventListener('keydown', leave)
    }
  }, [open])
  return (
    <div ref={box} className="more-places">
      <button ref={button} type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {t('staff.more')}
        <Icon name="down" />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links in it act; choosing one closes the list */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link is a click on it */}
      <div id={id} className="more-places-list" data-open={open} onClick={() => setOpen(false)}>
        {children}
      </div>
    </div>
  )
}
