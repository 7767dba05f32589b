import { useWords } from '#ui/words-context.tsx'
import type { Brought } from '../../contract-exchange.ts'
import './services.css'

/** What a file said of a service that everybody will read once it is public: each address, number and name. */
export function BroughtLines({ brought }: { brought: Brought }) {
  const { t } = useWords()
  const parts = (['where', 'reach', 'people'] as const).filter(part => brought[part].length > 0)
  if (parts.length === 0) return <p className="note">{t('service.brought.nothing')}</p>
  return (
    <dl className="brought">
      {parts.map(part => (
        <div key={part}>
          <dt>{t(`service.brought.${part}`)}</dt>
          {brought[part].map(line => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
