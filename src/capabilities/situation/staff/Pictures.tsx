import { useRef, useState } from 'react'
import { address } from '#platform/contract/client.ts'
import { newId, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Icon } from '#ui/Icon.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Assessment, situation } from '../contract.ts'
import { mostPictureBytes } from '../contract-pictures.ts'
import { standardNames } from '../definition.ts'
import { type AssessmentForm, questionsOf, standards } from '../form.ts'
import { formOf } from '../instruments/shipped.ts'

const read = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
/** Topics of one standard, as options of a list. */
const topics = (form: AssessmentForm, lang: 'en' | 'es') =>
  standards.flatMap(standard =>
    form.standards[standard].map(({ name, topic }) => ({
      value: name,
      label: `${standardNames[standard][lang]}: ${topic[lang]}`,
    })),
  )

/** What was photographed: places and things. Shown small; nothing of where it was taken is kept. */
export function Pictures({ one }: { one: Assessment }) {
  const words = useWords()
  const { t, lang } = words
  const add = useCommand(situation.addPicture, [situation.read.id])
  const errors = useFormErrors()
  const input = useRef<HTMLInputElement>(null)
  const [question, setQuestion] = useState('')
  const form = formOf(one.subject, one.form)
  const topicOf = (name: string | null) => questionsOf(form).find(each => each.name === name)?.topic[lang]
  const pick = async (file: File | undefined) => {
    if (!file) return
    errors.clear()
    if (file.size > mostPictureBytes)
      return errors.set([{ field: 'picture', message: t('problem.field.too-large-picture') }])
    add.mutate(
      {
        params: { assessment: one.id },
        body: { id: newId(), picture: await read(file), ...(question ? { question } : {}) },
      },
      { onError: errors.take },
    )
  }
  return (
    <Card title={t('situation.pictures')}>
      <p>{t('situation.pictures.lead')}</p>
      {one.pictures.length > 0 && (
        <ul className="situation-pictures">
          {one.pictures.map(each => (
            <li key={each.id}>
              <img
                src={`data:image/jpeg;base64,${each.thumbnail}`}
                alt={topicOf(each.question) ?? t('situation.picture')}
              />
              <p className="situation-soft">
                {topicOf(each.question) ?? t('situation.picture')}
                <br />
                {t('situation.picture.by', { by: each.by, day: words.date(each.at) })}
              </p>
              <a
                className="button button-quiet button-compact"
                href={address(situation.picture, { params: { assessment: one.id, picture: each.id } })}
                download
              >
                {t('situation.picture.save')}
              </a>
            </li>
          ))}
        </ul>
      )}
      {one.moves.includes('add-picture') && (
        <>
          <ErrorSummary errors={errors.errors} />
          <SelectField
            name="about"
            label={t('situation.picture.about')}
            value={question}
            onChange={event => setQuestion(event.target.value)}
            placeholder={t('situation.picture.about-none')}
            options={topics(form, lang)}
          />
          <input
            ref={input}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            className="hidden-visually"
            tabIndex={-1}
            aria-hidden="true"
            onChange={event => {
              void pick(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <div className="actions">
            <Button id="picture" variant="secondary" busy={add.isPending} onClick={() => input.current?.click()}>
              <Icon name="plus" />
              {t('situation.picture.add')}
            </Button>
          </div>
        </>
      )}
    </Card>
  )
}
