import { useState } from 'react'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'

/** The words that open a phone; they can be shown, because long ones are mistyped. */
export function Phrase({
  name = 'phrase',
  label,
  hint,
  error,
  value,
  onChange,
}: {
  name?: string
  label: string
  hint?: string
  error?: string | undefined
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useWords()
  const [shown, setShown] = useState(false)
  return (
    <>
      <TextField
        name={name}
        // No password field: browsers would offer to keep it, and fill it in for whoever holds the phone.
        type="text"
        className={shown ? undefined : 'phone-hidden'}
        label={label}
        hint={hint}
        error={error}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={event => onChange(event.target.value)}
      />
      <ChoiceGroup
        kind="checkbox"
        name={`${name}-shown`}
        label={t('phone.phrase.show')}
        hideLabel
        value={shown ? ['yes'] : []}
        onChange={chosen => setShown(chosen.length > 0)}
        options={[{ value: 'yes', label: t('phone.phrase.show') }]}
      />
    </>
  )
}
