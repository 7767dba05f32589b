import { Banner } from './Banner.tsx'
import { Button } from './Button.tsx'
import { problemText } from './problem-text.ts'
import { useWords } from './words-context.tsx'

/** What went wrong, in plain words, with a way to try again where that can help. `error` is whatever was thrown. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords()
  const { title, detail, again } = problemText(error, words)
  return (
    <Banner
      tone="danger"
      title={title}
      role="alert"
      action={
        onRetry &&
        again && (
          <Button variant="secondary" compact onClick={onRetry}>
            {words.t('ui.problem.retry')}
          </Button>
        )
      }
    >
      {detail}
    </Banner>
  )
}
