import { type ReactNode, useEffect } from 'react'

/**
 * Top of a page: where it belongs (`above`, often a link back), its title, tags, what can be done.
 * Sets the document's title when `title` is a text.
 */
export function PageHeader({
  title,
  above,
  tags,
  actions,
  children,
}: {
  title: ReactNode
  above?: ReactNode
  tags?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  useDocumentTitle(typeof title === 'string' ? title : undefined)
  return (
    <header className="page-header">
      <div className="page-header-text">
        {above && <div className="page-header-above">{above}</div>}
        <h1 tabIndex={-1}>{title}</h1>
        {tags && <div className="tags">{tags}</div>}
        {children && <div className="page-header-lead">{children}</div>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </header>
  )
}

/** Names the browser's tab. Give it what the page is, never whom it is about: tabs and histories are seen by others. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Samaan`
  }, [title])
}
