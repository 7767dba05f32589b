import type { ReactNode } from 'react'
import type { Page } from '#platform/forms/pages.ts'
import type { QuestionView, ViewNode } from '#platform/forms/view.ts'
import { useWords } from '#ui/words-context.tsx'
import { Frame } from './Frame.tsx'
import { problemText } from './fields/field.tsx'
import { useForm } from './form-context.tsx'
import { useSpeaker } from './Label.tsx'
import { LabelMedia } from './LabelMedia.tsx'
import { PageNodes } from './PageNodes.tsx'
import { questionsIn } from './paths.ts'
import { ReadAloud } from './ReadAloud.tsx'
import { RowList } from './Rows.tsx'
import type { Said } from './said.ts'

/** One page of an interview. */
export function QuestionPage({ page, help, onOut }: { page: Page; help: ReactNode; onOut: (() => void) | undefined }) {
  const { interview, mode } = useForm()
  const words = useWords()
  const { t } = words
  const speak = useSpeaker()
  const head = headOf(page, path => interview.session.viewAt(path))
  const solo = head?.kind === 'question'
  const plain = (text: string): Said => ({ text, lang: words.lang, beside: null, besideLang: undefined })
  const label = head && speak.label(head)
  const title = label ?? plain(page.kind === 'rows' ? t('form.rows.title') : (page.within.at(-1) ?? speak.title()))
  const hint = head && speak.hint(head)
  const told = interview.tried(page.id)
  const views = [...questionsIn(page.nodes)].filter(view => view.relevant)
  const problems = interview.told(page)
  const caption =
    page.within.filter(name => name !== title.text).at(-1) ?? (mode === 'group' ? speak.title() : undefined)
  // The group that is the page's title is not a section in it once more.
  const nodes = head && head.kind !== 'question' && head.kind !== 'repeat' ? head.children : page.nodes
  const asks = views.some(view => !view.readOnly && view.type !== 'note')
  const choices = solo ? ((head as QuestionView).choices ?? []).slice(0, 12).flatMap(one => one.label ?? []) : []
  const aloud = [title.text, hint?.text, ...choices].filter(text => text !== undefined)
  return (
    <Frame
      title={title}
      caption={caption === title.text ? undefined : caption}
      hint={hint ?? null}
      aloud={
        <>
          {(solo || page.kind === 'rows' || mode === 'question') && label && (
            <ReadAloud texts={aloud} lang={label.lang} recording={head && speak.recording(head)} />
          )}
          {head && <LabelMedia media={head.media} />}
        </>
      }
      errors={problems.map(one => {
        const view = views.find(({ path }) => path === one.path)
        const message = problemText(one, view, words)
        // On a page with several questions the summary says which; beside the field that is plain.
        return {
          field: one.path,
          message: view && !solo ? t('form.problem.about', { what: view.label ?? view.name, message }) : message,
        }
      })}
      goOn={t('ui.continue')}
      onGoOn={() => interview.next(mode)}
      onBack={
        onOut || interview.progress(mode) > 0
          ? () => {
              if (!interview.back(mode)) onOut?.()
            }
          : undefined
      }
      onSkip={asks && mode === 'question' ? () => interview.next(mode, true) : undefined}
    >
      {page.kind === 'rows' && head?.kind === 'repeat' ? (
        <RowList repeat={head} />
      ) : (
        <div className={mode === 'group' ? 'form-dense' : undefined}>
          <PageNodes nodes={nodes} solo={nodes[0] === head} told={told} />
        </div>
      )}
      {help && <div className="form-help">{help}</div>}
    </Frame>
  )
}

/** What a page is about: its one question, its group, or the repeat whose rows it lists. */
function headOf(page: Page, viewAt: (path: string) => ViewNode): ViewNode | undefined {
  const [first] = page.nodes
  if (page.kind === 'rows') return first
  if (page.nodes.length === 1 && first && first.path === page.id) return first
  const about = page.id === '' ? undefined : viewAt(page.id)
  return about?.kind === 'group' || about?.kind === 'row' ? about : undefined
}
