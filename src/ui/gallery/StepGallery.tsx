import { useState } from 'react'
import { Banner } from '../Banner.tsx'
import { ChoiceGroup } from '../ChoiceGroup.tsx'
import { StepPage } from '../StepPage.tsx'

/** A question page as an officer's phone shows it. */
export function StepGallery() {
  const [signs, setSigns] = useState<string[]>(['papers'])
  const [tried, setTried] = useState(false)
  return (
    <>
      <Banner tone="demonstration" title="Demonstration.">
        Nobody here is real.
      </Banner>
      <main id="main">
        <StepPage
          title="What did you see or hear?"
          caption="Signs"
          hint="Choose all that fit. You do not need to be certain."
          step={3}
          of={7}
          errors={tried && signs.length === 0 ? [{ field: 'signs', message: 'Choose a sign, or “None of these”' }] : []}
          onContinue={() => setTried(true)}
          onBack={() => undefined}
          onSkip={() => undefined}
          onStop={() => undefined}
        >
          <ChoiceGroup
            kind="checkbox"
            name="signs"
            label="Signs"
            hideLabel
            error={tried && signs.length === 0 ? 'Choose a sign, or “None of these”' : undefined}
            value={signs}
            onChange={setSigns}
            options={[
              { value: 'papers', label: 'Somebody else keeps their papers' },
              { value: 'leave', label: 'They cannot leave the place freely' },
              { value: 'pay', label: 'Wages are kept back', hint: 'Or go to somebody else for a debt' },
              { value: 'speak', label: 'Another person answers for them' },
              { value: 'hurt', label: 'Injuries, or fear of being hurt' },
              { value: 'none', label: 'None of these', exclusive: true },
            ]}
          />
        </StepPage>
      </main>
    </>
  )
}
