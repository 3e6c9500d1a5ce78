export const texts = {
  year: { en: 'Year', zh: '年份' },
  earlier: { en: 'Earlier year', zh: '上一年' },
  later: { en: 'Later year', zh: '下一年' },
  days: { en: (n: number) => `${n} working days`, zh: (n: number) => `${n} 个工作日` },
  how: {
    en: 'Press a day to make it a workday or a free day of the bank’s own; press again to take that back.',
    zh: '点击日期可将其设为本行的工作日或休息日，再次点击即取消。',
  },
  uncertain: {
    en: (date: string) =>
      `Holidays are known until ${date}. After it only weekends count as free, until they are published and entered.`,
    zh: (date: string) => `节假日数据截至 ${date}；此后在公布并录入之前仅按周末计算。`,
  },
  unreadable: {
    en: 'The calendar can’t be read: mend its zone, hours and weekdays.',
    zh: '工作日历无法读取，请更正时区、时段与星期。',
  },
  work: { en: 'workday', zh: '工作日' },
  free: { en: 'free', zh: '休息日' },
  movedWork: { en: 'moved workday', zh: '调休上班' },
  holiday: { en: 'holiday', zh: '节假日' },
  own: { en: 'the bank’s own', zh: '本行设定' },
  form: { en: 'Working time', zh: '工作时间' },
} as const
