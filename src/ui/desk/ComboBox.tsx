import type { ReactNode } from 'react'
import { ComboBox as AriaComboBox, Button, Input, Label } from 'react-aria-components/ComboBox'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Text } from 'react-aria-components/Text'
import { classes } from '../classes.ts'
import { FieldLabel, FieldNotes, type FieldText } from '../Field.tsx'
import { Icon } from '../Icon.tsx'
import { SelectField } from '../SelectField.tsx'
import { useWords } from '../words-context.tsx'
import './desk.css'
import './press-style.ts'
import { useNarrow } from '../use-narrow.ts'

export interface ComboOption {
  value: string
  label: string
  hint?: ReactNode
}

export interface ComboBoxProps extends FieldText {
  name: string
  options: readonly ComboOption[]
  /** The chosen option's value, or the empty text. */
  value: string
  onChange: (value: string) => void
  placeholder?: string
  disabled?: boolean
}

/** One of many, found by typing a part of it; on a phone from the phone's own list. */
export function ComboBox(props: ComboBoxProps) {
  // A list over the page closes when the page scrolls, and a phone's keyboard scrolls it at once.
  return useNarrow() ? <PhoneList {...props} /> : <TypedList {...props} />
}

function PhoneList({ options, onChange, placeholder = '–', ...rest }: ComboBoxProps) {
  return (
    <SelectField
      {...rest}
      placeholder={placeholder}
      onChange={event => onChange(event.target.value)}
      options={options.map(({ value, label, hint }) => ({
        value,
        label: typeof hint === 'string' ? `${label} (${hint})` : label,
      }))}
    />
  )
}

function TypedList(props: ComboBoxProps) {
  const { name, options, value, onChange, placeholder, disabled, label, hint, error, optional } = props
  const { t } = useWords()
  return (
    <AriaComboBox
      className={classes('field combo', error && 'field-wrong')}
      name={name}
      defaultItems={options}
      selectedKey={value || null}
      onSelectionChange={key => onChange(key === null ? '' : String(key))}
      isInvalid={Boolean(error)}
      isDisabled={disabled}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="field-label">
        <FieldLabel label={label} optional={optional} />
      </Label>
      {(hint || error) && (
        <Text slot="description" elementType="div">
          <FieldNotes id={name} hint={hint} error={error} />
        </Text>
      )}
      <div className="combo-box">
        <Input id={name} className="input" placeholder={placeholder} />
        <Button className="combo-open" aria-label={t('ui.combo.open')}>
          <Icon name="down" />
        </Button>
      </div>
      <Popover className="popover combo-popover" offset={4}>
        <ListBox<ComboOption>
          className="options"
          renderEmptyState={() => <p className="options-empty">{t('ui.combo.empty')}</p>}
        >
          {option => (
            <ListBoxItem id={option.value} textValue={option.label} className="option">
              <Text slot="label" className="option-label">
                {option.label}
              </Text>
              {option.hint && (
                <Text slot="description" className="option-hint">
                  {option.hint}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
