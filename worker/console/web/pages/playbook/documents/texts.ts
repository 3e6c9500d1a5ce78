/** What the preview of a document says. */
export const texts = {
  title: { en: 'Preview with a customer’s record', zh: '用客户记录预览' },
  about: {
    en: 'The draft’s layout with what stands on the newest development of a customer. Nothing is kept.',
    zh: '以客户最近一条开发记录填充草稿版式，不保存任何内容。',
  },
  layout: { en: 'Document', zh: '文档' },
  customer: { en: 'Customer number or record id', zh: '客户号或记录 ID' },
  language: { en: 'Language', zh: '语言' },
  zh: { en: 'Chinese', zh: '中文' },
  en: { en: 'English', zh: '英文' },
  show: { en: 'Show', zh: '预览' },
  mend: { en: 'The draft has errors: mend them first.', zh: '草稿有错误，请先更正。' },
  none: { en: 'No customer of that number or id is known.', zh: '没有该客户号或 ID 的客户。' },
  noDevelopment: {
    en: 'This customer has no development: a document is made of one.',
    zh: '该客户没有开发记录，文档由开发记录生成。',
  },
  missing: { en: 'The document is not made without', zh: '缺少以下字段时不生成' },
} as const
