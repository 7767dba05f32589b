import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useWaiting } from './here.ts'

/** Beside a record that the server has not taken yet. */
export function WaitingTag({ record }: { record: string }) {
  const { t } = useWords()
  return useWaiting(record) ? (
    <Tag tone="warning" icon="up">
      {t('phone.waiting')}
    </Tag>
  ) : null
}
