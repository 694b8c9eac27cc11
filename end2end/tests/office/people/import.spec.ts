import { type Page } from '@playwright/test';

import { people } from '../../../support/people.ts';
import { expect, test } from '../../../support/test.ts';

const columns = '職員番号,氏名,フリガナ,部署コード,職種,入職日,退職日';
const [moves, leaves] = [people.fresh[8], people.fresh[9]];

/** Hands a list over, with whatever the file is called. */
async function handOver(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.goto('/office/people/import');
  await page.getByLabel('ファイル', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: bytes });
  await page.getByRole('button', { name: '変わるところを見る' }).click();
}

/** What the list of people says of a number: the row, or nothing. */
async function onRecord(page: Page, number: string): Promise<string> {
  await page.goto(`/office/people?q=${number}`);
  const row = page.getByRole('row').filter({ hasText: number });
  return (await row.count()) === 0 ? '' : row.innerText();
}

test('bad rows are shown with their reasons, nothing is written until it is confirmed, and then all the rest is', { tag: '@desk' }, async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  test.setTimeout(120_000);
  faults.expect(422);
  const office = await signIn(people.office);
  await open('/office/people/import');
  const [movesName, leavesName] = [await nameOf(page, moves), await nameOf(page, leaves)];
  const leaver = await anotherDevice();
  await signIn(leaves, { page: leaver });

  const list = [
    columns,
    '109001,新城 みなみ,シンジョウ ミナミ,1003,看護師,2026/11/1,',
    '109002,黒木 蓮,クロキ レン,9999,看護師,2026/11/1,',
    ',番号 なし,バンゴウ ナシ,1003,看護師,2026/11/1,',
    '109003,日付 まちがい,ヒヅケ マチガイ,1003,看護師,2026/13/45,',
    '109004,𠮷田 﨑子,ヨシダ サキコ,1004,看護師,令和8年11月1日,',
    '109004,二度 めの,ニド メノ,1004,看護師,2026/11/1,',
    `${moves},${movesName},,1004,,,`,
    `${leaves},${leavesName},,1003,,,${today()}`,
  ].join('\r\n');
  await handOver(page, '職員.csv', Buffer.from(`\ufeff${list}\r\n`));

  await test.step('what would change', async () => {
    await expect(office.heading()).toHaveText('取り込む前の確認');
    await sound();
    const bad = page.getByRole('table', { name: '取り込めない行' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(bad).toHaveCount(5);
    for (const [row, reason] of [
      ['3行目', '「部署コード」の 9999 は台帳になく、部署名もわかりません。'],
      ['4行目', '「職員番号」が空です。'],
      ['5行目', '「入職日」の「2026/13/45」は日付として読めません。'],
      ['6行目', '同じ職員番号が 7 行目にもあります。'],
      ['7行目', '同じ職員番号が 6 行目にもあります。'],
    ] as const) {
      const told = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: row, exact: true }) });
      await expect(told).toContainText(reason);
    }
    for (const [tab, who] of [
      ['加わる人', '新城 みなみ'],
      ['異動する人', movesName],
      ['変わる人', leavesName],
    ] as const) {
      await office.press(page.getByRole('link', { name: new RegExp(`^${tab}\\s*1$`) }));
      await expect(page.getByRole('table')).toContainText(who);
    }
  });
  const plan = page.url();

  await test.step('nothing is written yet', async () => {
    await expect(page.getByText('まだ何も変わっていません。')).toBeVisible();
    expect(await onRecord(page, '109001')).toBe('');
    expect(await onRecord(page, moves)).toContain('3病棟');
  });

  const code = await test.step('confirmed, it is written, and the new person gets a code', async () => {
    await page.goto(plan);
    await office.press(page.getByRole('button', { name: 'この内容で取り込む' }));
    await expect(office.heading()).toHaveText('初回コード 1人分');
    const slip = page.getByRole('listitem').filter({ hasText: '新城 みなみ' });
    const given = await slip.getByRole('code').innerText();
    expect(await onRecord(page, '109001')).toContain('3病棟');
    expect(await onRecord(page, moves)).toContain('4病棟');
    for (const bad of ['109002', '109003', '109004']) expect(await onRecord(page, bad), bad).toBe('');
    await open(new URL(plan).pathname);
    await expect(page.getByRole('button', { name: 'この内容で取り込む' })).toHaveCount(0);
    return given;
  });

  await test.step('the new person chooses a password with it, once', async () => {
    const phone = await anotherDevice();
    await open('/sign-in', phone);
    await phone.getByRole('link', { name: /^はじめての方/ }).click();
    const fill = async (password: string): Promise<void> => {
      await phone.getByLabel('職員番号').fill('109001');
      await phone.getByLabel('初回コード').fill(code.toLowerCase());
      await phone.getByLabel('新しいパスワード', { exact: true }).fill(password);
      await phone.getByLabel('新しいパスワード（もう一度）').fill(password);
      await phone.getByRole('button', { name: 'パスワードを決める' }).click();
    };
    await fill('109001');
    await expect(phone.getByRole('alert')).toBeVisible();
    await sound(phone);
    await fill('asagao to kakigoori');
    await expect(phone.getByText('パスワードを決めました。')).toBeVisible();
    await sound(phone);
    await phone.getByLabel('職員番号').fill('109001');
    await phone.getByLabel('パスワード').fill('asagao to kakigoori');
    await phone.getByRole('button', { name: 'サインイン', exact: true }).click();
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('わたしの研修');
    await expect(phone.getByRole('main')).toContainText('新城 みなみ');
    await sound(phone);
  });

  await test.step('the same list again changes nothing more', async () => {
    await handOver(page, '職員.csv', Buffer.from(`\ufeff${list}\r\n`));
    await expect(page.getByText('変わるところはありません。')).toBeVisible();
    await sound();
  });
});

test('a list from the personnel system in Shift_JIS is read as it is meant', { tag: '@desk' }, async ({ page, signIn, sound }) => {
  await signIn(people.office);
  const list = `${columns}\r\n109011,髙橋 﨑枝,タカハシ サキエ,1006,看護師,2026/11/1,\r\n`;
  await handOver(page, 'JINJI.CSV', shiftJis(list));
  await page.getByRole('link', { name: /^加わる人/ }).click();
  const row = page.getByRole('row').filter({ hasText: '109011' });
  await expect(row).toContainText('髙橋 﨑枝');
  await expect(row).toContainText('1006 外来');
  await sound();
});

test('a file that is no list is refused with words that help', { tag: '@desk' }, async ({ faults, page, signIn, sound }) => {
  faults.expect(422);
  await signIn(people.office);
  for (const [name, bytes] of [
    ['写真.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['空.csv', Buffer.alloc(0)],
    ['ほかの表.csv', Buffer.from('品名,数\r\nガーゼ,12\r\n')],
  ] as const) {
    await handOver(page, name, bytes);
    await expect(page.getByRole('alert'), name).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('職員の一覧を取り込む');
    await sound();
  }
  await page.goto('/office/people/import');
  await page.getByRole('button', { name: '変わるところを見る' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await sound();
});

test('a complete list in which many are missing has to be confirmed with their number', { tag: '@desk' }, async ({ faults, page, signIn, sound }) => {
  faults.expect(422);
  await signIn(people.office);
  await page.goto('/office/people/import');
  const self = await nameOf(page, people.office);
  await page.goto('/office/people/import');
  await page.getByLabel('ファイル', { exact: true }).setInputFiles({
    name: '全員.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${columns}\r\n${people.office},${self},,1040,,,\r\n`),
  });
  await page.getByLabel('この一覧には全員がのっています').check();
  await page.getByRole('button', { name: '変わるところを見る' }).click();
  await expect(page.getByText(/退職になる人が\d+人います。/)).toBeVisible();
  await page.getByRole('button', { name: 'この内容で取り込む' }).click();
  await expect(page.getByRole('alert')).toContainText('退職になる人を確かめて、印を付けてください');
  await sound();
  expect(await onRecord(page, people.wardHead)).toContain('在籍');
});

/** The name that belongs to a number. */
async function nameOf(page: Page, number: string): Promise<string> {
  await page.goto(`/office/people?q=${number}`);
  return page.getByRole('table').getByRole('rowheader').getByRole('link').first().innerText();
}

/** Today, as the hospital's calendar shows it. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date());
}

/** Text as an old personnel system writes it; Node can only read that. */
function shiftJis(text: string): Buffer {
  const bytes = new Map<string, number[]>();
  const decoder = new TextDecoder('shift_jis');
  for (let low = 0; low < 0x80; low += 1) bytes.set(String.fromCharCode(low), [low]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const letter = decoder.decode(Uint8Array.of(lead, trail));
      if ([...letter].length === 1 && !bytes.has(letter)) bytes.set(letter, [lead, trail]);
    }
  }
  return Buffer.from([...text].flatMap((letter) => bytes.get(letter) ?? []));
}
