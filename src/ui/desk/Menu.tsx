import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { type ButtonLook, buttonClass } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import './desk.css'
import './press-style.ts'

export interface MenuEntry {
  key: string
  label: ReactNode
  danger?: boolean
  disabled?: boolean
  /** Leads somewhere; otherwise `onAction` does it. */
  href?: string
}

/** A button that opens a list of things to do. Without `label` it shows three dots and is called `name`. */
export function Menu({
  name,
  label,
  entries,
  onAction,
  variant = 'secondary',
  compact = true,
}: ButtonLook & { name: string; label?: ReactNode; entries: readonly MenuEntry[]; onAction?: (key: string) => void }) {
  return (
    <MenuTrigger>
      <Button
        className={buttonClass({ variant, compact }, label ? undefined : 'button-square')}
        aria-label={label ? undefined : name}
      >
        {label ?? <Icon name="more" />}
        {label && <Icon name="down" />}
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <AriaMenu className="options" aria-label={name} onAction={key => onAction?.(String(key))}>
          {entries.map(entry => (
            <MenuItem
              key={entry.key}
              id={entry.key}
              href={entry.href}
              isDisabled={entry.disabled}
              className={entry.danger ? 'option option-danger' : 'option'}
            >
              {entry.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
