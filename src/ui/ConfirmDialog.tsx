import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button.tsx'
import { useWords } from './words-context.tsx'

/** Asks before something that is hard to undo. The browser's own dialog: it holds the focus and closes on Escape. */
export function ConfirmDialog({
  open,
  title,
  children,
  confirmLabel,
  cancelLabel,
  tone = 'primary',
  busy,
  onConfirm,
  onCancel,
}: {
  open: boolean
  title: ReactNode
  children?: ReactNode
  /** Names the act: "Withdraw consent", never "OK". */
  confirmLabel: string
  cancelLabel?: string
  tone?: 'primary' | 'danger'
  busy?: boolean
  onConfirm: () => void
  onCancel: () => void
}) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const heading = useId()
  useEffect(() => {
    const element = dialog.current
    if (open && !element?.open) {
      element?.showModal()
      // The browser would focus the first button, which is the one that is hard to undo.
      cancel.current?.focus()
    }
    if (!open && element?.open) element.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={heading}
      onCancel={event => {
        // Whether it closes is decided by `open`.
        event.preventDefault()
        if (!busy) onCancel()
      }}
    >
      {open && (
        <>
          <h2 id={heading}>{title}</h2>
          {children && <div className="dialog-body">{children}</div>}
          <div className="dialog-actions">
            <Button variant={tone} busy={busy} onClick={onConfirm}>
              {confirmLabel}
            </Button>
            <Button variant="secondary" ref={cancel} onClick={onCancel}>
              {cancelLabel ?? t('ui.cancel')}
            </Button>
          </div>
        </>
      )}
    </dialog>
  )
}
