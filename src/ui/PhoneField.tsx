import { TextField, type TextFieldProps } from './TextField.tsx'
import { useWords } from './words-context.tsx'

/** A telephone number as people say it; spaces and signs are theirs, the server makes it one form. */
export function PhoneField({
  onChange,
  value,
  ...rest
}: Omit<TextFieldProps, 'onChange' | 'value'> & {
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useWords()
  return (
    <TextField
      type="tel"
      inputMode="tel"
      autoComplete="off"
      maxLength={24}
      width="medium"
      hint={t('ui.phone.hint')}
      value={value}
      onChange={event => onChange(event.target.value.replace(/[^\d+() .-]/g, ''))}
      {...rest}
    />
  )
}
