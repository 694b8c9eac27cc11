import { asPrinted, fits, sheets } from '../../support/looks.ts';
import { people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

test('a manager writes down that they spoke to a nurse, who can read it, and the training office sees it', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  const head = await signIn(people.wardHead);
  await open('/team');
  await head.press(page.getByRole('region', { name: 'まだの人' }).getByRole('listitem').filter({ hasText: people.fresh[0] }).getByRole('link'));
  const sent = page.getByRole('region', { name: 'お知らせの記録' });
  await expect(sent.getByRole('row').last()).toContainText('割り当てられたとき');
  await expect(sent.getByRole('listitem').first()).toContainText('それまでに研修が終われば送りません');
  await head.press(page.getByRole('button', { name: '記録する' }));
  await expect(page.getByRole('alert')).toContainText('どのように声をかけたかを選んでください');
  await sound();

  await page.getByLabel('直接').check();
  await page.getByLabel('本人の返事').fill('夜勤明けに続きをやるとのこと');
  await head.press(page.getByRole('button', { name: '記録する' }));
  const notes = page.getByRole('region', { name: '声かけの記録' });
  await expect(notes.getByRole('listitem').first()).toContainText('夜勤明けに続きをやるとのこと');
  const address = new URL(page.url()).pathname.replace('/team/', '/office/');

  const own = await anotherDevice();
  await signIn(people.fresh[0], { page: own, hurried: true });
  await open('/history', own);
  await expect(own.getByRole('region', { name: '声かけの記録' })).toContainText('夜勤明けに続きをやるとのこと');
  await expect(own.getByRole('main').getByRole('button')).toHaveCount(0);

  const office = await anotherDevice();
  await signIn(people.office, { page: office, hurried: true });
  await open(address, office);
  await expect(office.getByRole('region', { name: '声かけの記録' })).toContainText('夜勤明けに続きをやるとのこと');
});

test('the training office lists everybody to speak to, and those whose next talk is past', async ({ open, page, signIn, sound }) => {
  const office = await signIn(people.office);
  await open('/office');
  await office.press(page.getByRole('link', { name: '声かけが必要な人' }));
  await expect(office.heading()).toHaveText('声かけが必要な人');
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('期限を');
  await office.press(page.getByRole('link', { name: 'お知らせメールの状態' }));
  await expect(page.getByRole('main')).toContainText('メールは送っていません');
  await sound();
});

test('the list for the morning meeting is one sheet of names and days', async ({ open, page, signIn }) => {
  await signIn(people.wardHead);
  await open('/team/morning');
  const first = page.getByRole('region', { name: '3病棟' }).getByRole('listitem').first();
  await expect(first).toContainText('期限');
  await asPrinted(page, async () => {
    await expect(first).toBeVisible();
  });
  expect(await sheets(page)).toBeLessThan(4);
});

test('due dates can be taken into a calendar', async ({ page, signIn }) => {
  await signIn(people.fresh[1]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '期限をカレンダーに入れる' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('training.ics');
});

test('the pages of reminders and talks fit the narrowest screen', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(people.office);
  for (const path of ['/office/follow-up', '/office/mail', '/office/morning']) {
    await page.goto(path);
    await fits(page);
  }
});

test('in English they have no Japanese left but names and words that were written', async ({ open, page, signIn }) => {
  await signIn(people.office, { lang: 'en' });
  for (const path of ['/office/mail', '/office/morning']) {
    await open(path);
    const said = await page.getByRole('main').innerText();
    expect(said.match(/[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]+/gu) ?? [], path).toEqual([]);
  }
});
