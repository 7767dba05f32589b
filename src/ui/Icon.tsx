const paths = {
  check: 'M4 12.500 9.500 18 20 6.500',
  alert: 'M12 4 2.500 20h19zM12 10v4.500M12 17.200v.3',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16.200v.3',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.600v.3',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.200l3.400 2',
  pause: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM10 9v6M14 9v6',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20.500 20.500',
  back: 'M14.500 5 7.500 12l7 7',
  next: 'M9.500 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  sort: 'M7.500 10 12 5l4.500 5M7.500 14l4.500 5 4.500-5',
  close: 'M5.500 5.500l13 13M18.500 5.500l-13 13',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  menu: 'M4 6.500h16M4 12h16M4 17.500h16',
  plus: 'M12 5v14M5 12h14',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M20 14.200A8 8 0 0 1 9.800 4a8 8 0 1 0 10.200 10.200z',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  offline:
    'M3 3l18 18M7 16.500a7 7 0 0 1 8.500-1.200M4 12.500a12 12 0 0 1 5-2.800M13 9.200a12 12 0 0 1 7 3.300M12 20h.01',
} as const

export type IconName = keyof typeof paths

/** A small line drawing beside words, never instead of them: screen readers skip it. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className ? `icon ${className}` : 'icon'} aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
