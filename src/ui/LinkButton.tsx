import type { ComponentProps } from 'react'
import { type ButtonLook, buttonClass } from './Button.tsx'

/** A link that looks like a button: it goes somewhere, it does nothing. Works with the router's `createLink`. */
export function LinkButton({ variant, compact, wide, className, ...rest }: ButtonLook & ComponentProps<'a'>) {
  return <a className={buttonClass({ variant, compact, wide }, className)} {...rest} />
}
