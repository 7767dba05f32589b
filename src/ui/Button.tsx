import type { ComponentProps, MouseEvent } from 'react'
import { classes } from './classes.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonLook {
  variant?: ButtonVariant
  /** Smaller, for rows and toolbars on desks. */
  compact?: boolean
  /** As wide as its column. */
  wide?: boolean
}

/** The class of anything that looks like a button. */
export const buttonClass = ({ variant = 'primary', compact, wide }: ButtonLook, extra?: string): string =>
  classes('button', `button-${variant}`, compact && 'button-compact', wide && 'button-wide', extra)

/** A button. `busy` keeps its place and focus while what it started runs, and does not start it again. */
export function Button({
  variant,
  compact,
  wide,
  busy,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonLook & { busy?: boolean } & ComponentProps<'button'>) {
  const press = (event: MouseEvent<HTMLButtonElement>) => (busy ? event.preventDefault() : onClick?.(event))
  return (
    <button
      type={type}
      className={buttonClass({ variant, compact, wide }, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={press}
      {...rest}
    />
  )
}
