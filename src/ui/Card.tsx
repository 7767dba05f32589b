import type { ReactNode } from 'react'

/** A thing of its own on a page. `title` may be a link: then the whole card leads there. `aside` stands beside it. */
export function Card({
  title,
  aside,
  children,
  footer,
  level = 2,
}: {
  title?: ReactNode
  aside?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  level?: 2 | 3 | 4
}) {
  const Heading = `h${level}` as const
  return (
    <section className="card">
      {(title || aside) && (
        <div className="card-head">
          {title && <Heading className="card-title">{title}</Heading>}
          {aside && <div className="card-aside">{aside}</div>}
        </div>
      )}
      {children && <div className="card-body">{children}</div>}
      {footer && <div className="card-footer">{footer}</div>}
    </section>
  )
}
