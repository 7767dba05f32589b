import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export type BannerTone = 'info' | 'good' | 'warning' | 'danger' | 'demonstration'

const icons: Record<BannerTone, IconName> = {
  info: 'info',
  good: 'check',
  warning: 'alert',
  danger: 'stop',
  demonstration: 'info',
}

/** A message about the page or the place. `demonstration` is the strip that every page of a demonstration carries. */
export function Banner({
  tone = 'info',
  title,
  children,
  action,
  role,
}: {
  tone?: BannerTone
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** `status` or `alert` where it appears after something was done. */
  role?: 'status' | 'alert'
}) {
  // The strip stands outside the page's regions; as one of its own it is found, and passed over, by landmark.
  const Box = tone === 'demonstration' ? 'aside' : 'div'
  return (
    <Box className={`banner banner-${tone}`} role={role}>
      <Icon name={icons[tone]} />
      <div className="banner-text">
        {title && <p className="banner-title">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className="banner-action">{action}</div>}
    </Box>
  )
}
