import {
  boolean,
  byLadder,
  dateTime,
  integer,
  ladderKeyField,
  longText,
  money,
  options,
  relation,
  select,
  text,
  type ObjectDef,
} from './define.ts'

/** One salon, event or programme on its day, made from a template (CAMP-*). */
export const campaign: ObjectDef = {
  name: 'campaign',
  plural: 'campaigns',
  kind: 'custom',
  label: { en: 'Campaign', zh: '营销活动' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Campaigns', zh: '营销活动' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'A salon or event with its guests, tasks and results.', zh: '一次沙龙或活动：嘉宾、任务与成果。' }
      : { en: '', zh: '' },
  icon: 'IconConfetti',
  fields: [
    ladderKeyField,
    relation('template', 'Template', '活动模板', 'campaignTemplate', ['campaigns', 'Campaigns', '营销活动']),
    dateTime('heldOn', 'Held on', '举办时间'),
    select(
      'status',
      'Status',
      '状态',
      options(
        ['PROPOSED', 'Proposed', '建议', 'yellow'],
        ['PLANNED', 'Planned', '筹备', 'blue'],
        ['HELD', 'Held', '已举办', 'green'],
        ['CLOSED', 'Closed', '已结束', 'gray'],
        ['CANCELLED', 'Cancelled', '取消', 'red'],
      ),
    ),
    relation('owner', 'Owner', '负责人', 'workspaceMember', ['campaigns', 'Campaigns', '营销活动']),
    text('theme', 'Theme', '主题'),
    text('place', 'Place', '地点'),
    integer('size', 'Size', '规模（人）'),
    integer('leads', 'Leads', '商机数'),
    integer('products', 'Products won', '产品数'),
    money('balanceWon', 'Balance won (CNY)', '带来余额（元）'),
    money('cost', 'Cost (CNY)', '费用（元）'),
    boolean('imageChecked', "Checked for the bank's image", '已核对银行形象', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'Nothing of an event goes out before (CAMP-EVT).',
              zh: '事件营销须核对后方可发布（CAMP-EVT）。',
            }
          : { en: '', zh: '' },
    }),
    ...byLadder(
      text('templateCode', 'Template code', '模板编号'),
      text('series', 'Series', '系列', {
        description:
          typeof LADDER_WORKER === 'undefined'
            ? { en: 'The meeting before this one (CAMP-INT).', zh: '上一次聚会（CAMP-INT）。' }
            : { en: '', zh: '' },
      }),
      integer('meeting', 'Meeting', '第几期'),
      integer('invited', 'Invited', '邀请数'),
      integer('confirmed', 'Confirmed', '确认数'),
      integer('attended', 'Attended', '到场数'),
      integer('friends', 'Friends brought', '带友数'),
      integer('reserve', 'On the reserve list', '候补数'),
      money('costPerProduct', 'Cost per product won (CNY)', '单位成交成本（元）'),
      integer('progress', 'Progress (%)', '进度（%）'),
      longText('notice', 'Ladder notice', 'Ladder 提示'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Campaigns', zh: '营销活动' },
            kind: 'kanban',
            icon: 'IconConfetti',
            groupBy: 'status',
            fields: ['name', 'heldOn', 'status', 'invited', 'confirmed', 'attended', 'products', 'costPerProduct'],
          },
        ]
      : [],
}

/** One guest of one campaign: invitation, attendance, what came of it. */
export const participation: ObjectDef = {
  name: 'participation',
  plural: 'participations',
  kind: 'custom',
  label: { en: 'Participation', zh: '活动参与' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Participations', zh: '活动参与' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'A guest of a campaign.', zh: '活动的一位嘉宾。' }
      : { en: '', zh: '' },
  icon: 'IconUserCheck',
  fields: [
    ladderKeyField,
    relation('campaign', 'Campaign', '营销活动', 'campaign', ['participations', 'Guests', '嘉宾'], {
      onDelete: 'CASCADE',
    }),
    relation('company', 'Company', '公司', 'company', ['participations', 'Campaigns', '参与活动']),
    relation('person', 'Person', '联系人', 'person', ['participations', 'Campaigns', '参与活动']),
    select(
      'invite',
      'Invitation',
      '邀请',
      options(
        ['TO_INVITE', 'To invite', '待邀请', 'gray'],
        ['INVITED', 'Invited', '已邀请', 'blue'],
        ['CONFIRMED', 'Confirmed', '已确认', 'green'],
        ['DECLINED', 'Declined', '谢绝', 'red'],
      ),
    ),
    select(
      'attendance',
      'Attendance',
      '到场',
      options(
        ['UNKNOWN', 'Not yet known', '未知', 'gray'],
        ['CAME', 'Came', '到场', 'green'],
        ['ABSENT', "Didn't come", '缺席', 'red'],
      ),
    ),
    boolean('broughtFriend', 'Brought a friend', '带来朋友'),
    text('friendName', "Friend's name", '朋友姓名'),
    text('friendPhone', "Friend's phone", '朋友电话'),
    longText('outcome', 'Outcome', '结果'),
    ...byLadder(
      integer('products', 'Products won', '成交产品数'),
      money('balanceWon', 'Balance won (CNY)', '带来余额（元）'),
      boolean('lead', 'Became a lead', '形成商机'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Guests', zh: '嘉宾' },
            kind: 'table',
            icon: 'IconUserCheck',
            fields: [
              'name',
              'campaign',
              'person',
              'company',
              'invite',
              'attendance',
              'broughtFriend',
              'products',
              'outcome',
            ],
          },
        ]
      : [],
}
