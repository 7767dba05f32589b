import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'

export type Someone = Answer<typeof oversight.findPeople>['items'][number]

/** A member of staff, found by a part of their name. */
export function PersonField({
  label,
  onChange,
  error,
}: {
  label: string
  onChange: (person: Someone | undefined) => void
  error?: string | undefined
}) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [chosen, setChosen] = useState('')
  const found = useAsk(oversight.findPeople, { query: { words: asked } }, { enabled: asked !== '' })
  const items = found.data?.items ?? []
  const choose = (account: string) => {
    setChosen(account)
    onChange(items.find(one => one.account === account))
  }
  return (
    <div className="stack-close">
      <TextField
        name="words"
        label={label}
        hint={t('oversight.person-hint')}
        width="medium"
        autoComplete="off"
        value={typed}
        error={error}
        onChange={event => setTyped(event.target.value)}
      />
      <div className="actions">
        <Button
          variant="secondary"
          compact
          busy={found.isFetching}
          disabled={!typed.trim()}
          onClick={() => {
            choose('')
            setAsked(typed.trim().normalize('NFC'))
          }}
        >
          {t('oversight.person-find')}
        </Button>
      </div>
      {found.data && items.length === 0 && <p role="status">{t('oversight.person-none')}</p>}
      {items.length > 0 && (
        <SelectField
          name="account"
          label={t('oversight.person-which')}
          placeholder="–"
          value={chosen}
          onChange={event => choose(event.target.value)}
          options={items.map(one => ({ value: one.account, label: `${one.name}, ${one.organisation}` }))}
        />
      )}
    </div>
  )
}
