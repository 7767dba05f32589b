import { type ReactNode, useEffect, useRef } from 'react'
import type { GroupView, RepeatView, RowView, ViewNode } from '#platform/forms/view.ts'
import { useWords } from '#ui/words-context.tsx'
import { QuestionField } from './fields/QuestionField.tsx'
import { useForm } from './form-context.tsx'
import { Label, useSpeaker } from './Label.tsx'
import { LabelMedia } from './LabelMedia.tsx'
import { AddRow, Remove, rowName, Taken } from './Rows.tsx'

/** What a page holds: questions, and groups and rows as sections of it. */
export function PageNodes({
  nodes,
  solo = false,
  told,
  level = 2,
}: {
  nodes: readonly ViewNode[]
  solo?: boolean
  told: boolean
  /** Of the headings in it. */
  level?: number
}): ReactNode {
  const { interview } = useForm()
  const { lang } = useWords()
  return nodes.map(node => {
    if (!isDrawn(node)) return null
    if (node.kind === 'question')
      return (
        <QuestionField
          key={node.path}
          view={node}
          solo={solo}
          told={told}
          declined={interview.declined(node.path)}
          lang={lang}
        />
      )
    if (node.kind === 'repeat')
      return <Repeated key={node.path} repeat={node} titled={!solo} told={told} level={level} />
    return <Section key={node.path} node={node} told={told} level={level} />
  })
}

const silent = new Set(['calculate', 'hidden', 'meta'])
const isDrawn = (node: ViewNode): boolean => node.relevant && (node.kind !== 'question' || !silent.has(node.type))

const headingOf = (level: number) => `h${Math.min(level, 6)}` as 'h2'

function Section({ node, told, level }: { node: GroupView | RowView; told: boolean; level: number }) {
  const speak = useSpeaker()
  const label = speak.label(node)
  const hint = speak.hint(node)
  const Heading = headingOf(level)
  return (
    <section className="form-section" aria-labelledby={label ? `${node.path}:label` : undefined}>
      {label && (
        <Heading id={`${node.path}:label`}>
          <Label said={label} />
        </Heading>
      )}
      {hint && (
        <div className="field-hint">
          <Label said={hint} />
        </div>
      )}
      <LabelMedia media={node.media} />
      <PageNodes nodes={node.children} told={told} level={label ? level + 1 : level} />
    </section>
  )
}

/** All rows of a repeat on one page. */
function Repeated({
  repeat,
  titled,
  told,
  level,
}: {
  repeat: RepeatView
  titled: boolean
  told: boolean
  level: number
}) {
  const { interview } = useForm()
  const words = useWords()
  const speak = useSpeaker()
  const label = titled && speak.label(repeat)
  const added = useRef<string | undefined>(undefined)
  const Heading = headingOf(level)
  const RowHeading = headingOf(label ? level + 1 : level)
  useEffect(() => {
    if (added.current === undefined) return
    document.getElementById(`${added.current}:title`)?.focus()
    added.current = undefined
  })
  return (
    <section className="form-section" aria-labelledby={label ? `${repeat.path}:label` : undefined}>
      {label && (
        <Heading id={`${repeat.path}:label`}>
          <Label said={label} />
        </Heading>
      )}
      <ul className="form-row-cards">
        {repeat.rows.map((row, index) => {
          const name = rowName(row, repeat, index + 1, words)
          if (interview.isLeaving(repeat.path, row.key))
            return <Taken key={row.key} repeat={repeat} row={row} name={name} />
          return (
            <li key={row.key} className="card">
              <div className="card-head">
                <RowHeading className="card-title" id={`${row.path}:title`} tabIndex={-1} dir="auto">
                  {name}
                </RowHeading>
                {!repeat.fixed && <Remove repeat={repeat} row={row} name={name} />}
              </div>
              <div className="card-body form-dense">
                <PageNodes nodes={row.children} told={told} level={level + 2} />
              </div>
            </li>
          )
        })}
      </ul>
      <AddRow
        repeat={repeat}
        onAdded={row => {
          added.current = row
        }}
      />
    </section>
  )
}
