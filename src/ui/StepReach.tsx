import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useWords } from './words-context.tsx'

export interface StepReachProps {
  /** Names the act of the large button. */
  goOn: string
  tone?: 'primary' | 'danger' | undefined
  busy?: boolean | undefined
  onBack?: (() => void) | undefined
  onSkip?: (() => void) | undefined
  /** What else leads out of the page. */
  children?: ReactNode
}

/** What is pressed on a page of questions, within reach of a thumb. Stands in the page's form. */
export function StepReach({ goOn, tone = 'primary', busy, onBack, onSkip, children }: StepReachProps) {
  const { t } = useWords()
  return (
    <div className="step-reach">
      <Button type="submit" variant={tone} wide busy={busy}>
        {goOn}
      </Button>
      <div className="step-others">
        {onBack && (
          <Button variant="quiet" className="step-back" onClick={onBack}>
            <Icon name="back" />
            {t('ui.back')}
          </Button>
        )}
        {onSkip && (
          <Button variant="quiet" onClick={onSkip}>
            {t('ui.skip')}
          </Button>
        )}
        {children}
      </div>
    </div>
  )
}
