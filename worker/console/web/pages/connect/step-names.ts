import type { Label } from '../../../../../schemas/model/define.ts'

/** Steps of the installer as the command names them, in Chinese; lines below a step stay as the command prints them. */
const ZH: Record<string, string> = {
  'Check HubSpot': '检查 HubSpot',
  'Check Twenty': '检查 Twenty',
  'Build and check the app': '构建并检查应用',
  'Install the app': '安装应用',
  'Wait for the new objects': '等待新对象就绪',
  "Make the method's records": '建立方法记录',
  'Set the webhook': '设置 webhook',
  'Connect the Worker': '连接 Ladder',
  'Make the associations': '建立关联',
  Associations: '关联',
  'The journal of changes': '变更日志',
  'The Worker': 'Ladder 连接',
  'The webhook': 'Webhook',
  'The app': '应用',
  'Objects, fields, relations, views': '对象、字段、关系与视图',
  'Objects, properties, pipelines': '对象、属性与管道',
}

export const stepName = (name: string): Label => ({ en: name, zh: ZH[name] ?? name })
