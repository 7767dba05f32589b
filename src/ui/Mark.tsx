import type { SVGProps } from 'react'

/** Samaan's mark, a broad-crowned tree. Decorative unless `title` says what it stands for. */
export function Mark({ title, ...rest }: { title?: string } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 48 48"
      className="mark"
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      {...rest}
    >
      {title && <title>{title}</title>}
      <path
        className="mark-tree"
        d="M24 5c6.600 0 11.400 2.800 12.900 6.900C41.600 12.400 45 15.600 45 19.700c0 2.200-1.700 3.500-4 3.500-2.900 0-4.800-1-7-1-2.200 0-3.600 1.600-5.500 3.500-1.800 2-2.700 4.200-2.700 7.700V40h-3.600v-6.600c0-3.500-.9-5.700-2.700-7.700-1.900-1.900-3.300-3.500-5.500-3.500s-4.100 1-7 1c-2.300 0-4-1.300-4-3.500 0-4.100 3.400-7.300 8.100-7.800C12.600 7.800 17.400 5 24 5z"
      />
      <path className="mark-ground" d="M11 40h26v3H11z" />
    </svg>
  )
}
