import type { ReactNode } from 'react'
import type { Cell, DocumentModel, ModelBlock } from '../../../../../method/documents/model.ts'

const CellOf = ({ cell }: { cell: Cell }): ReactNode => (
  <td className={cell.look}>
    {cell.bar === undefined ? (
      cell.text
    ) : (
      <meter min={0} max={1} value={cell.bar}>
        {cell.text}
      </meter>
    )}
  </td>
)

const BlockOf = ({ block }: { block: ModelBlock }): ReactNode => {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h4>{block.text}</h4> : <h5>{block.text}</h5>
    case 'text':
      return block.paragraphs.map((text, at) => <p key={at}>{text}</p>)
    case 'empty':
      return <p className="soft">{block.text}</p>
    case 'table':
      return (
        <table className="figures list">
          {block.head && (
            <thead>
              <tr>
                {block.head.map((text, at) => (
                  <th key={at} scope="col">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, place) => (
                  <CellOf key={place} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

/** A document on the screen: its words and tables in their order, as Word and PDF have them. */
export const Sheet = ({ model }: { model: DocumentModel }): ReactNode => (
  <article className="sheet stack" lang={model.language === 'zh' ? 'zh-CN' : 'en'}>
    <div className="row between soft">
      <span>{model.issuer}</span>
      <span>{model.header}</span>
    </div>
    <h3>{model.title}</h3>
    {model.blocks.map((block, at) => (
      <BlockOf key={at} block={block} />
    ))}
    <p className="soft">{model.footer}</p>
  </article>
)
