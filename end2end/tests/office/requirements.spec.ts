import { fits } from '../../support/looks.ts';
import { people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

/** A day, so many days from now, as a form takes it. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('the training office makes a training for nurses, looks at whom it concerns, and opens it @desk', async ({
  alive,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  const office = await signIn(people.office);
  await open('/office');
  await office.press(page.getByRole('link', { name: '研修の一覧、新しい研修' }));
  await expect(office.heading()).toHaveText('研修の対象と期限');
  await sound();
  await office.press(page.getByRole('link', { name: '研修を新しく作る' }));
  await page.getByLabel('期限', { exact: true }).fill('2020-01-01');
  await office.press(page.getByRole('button', { name: '保存して試し計算へ' }));
  await expect(page.getByRole('alert')).toContainText('研修の名前を入れてください');
  await sound();
  await page.getByLabel('研修の名前', { exact: true }).fill('撮影する看護師の研修');
  await page.getByLabel('根拠', { exact: true }).fill('SNS利用規程');
  await page.getByLabel('期限', { exact: true }).fill(inDays(60));
  await page.locator('summary', { hasText: '職種' }).first().click();
  await page.getByLabel('看護師', { exact: true }).first().check();
  await office.press(page.getByRole('button', { name: '保存して試し計算へ' }));
  await expect(page.getByText('確定するまで、何も変わりません。')).toBeVisible();
  await sound();
  await fits(page);
  await office.press(page.getByRole('button', { name: /人に割り当てて始める/ }));
  await expect(office.heading()).toHaveText('撮影する看護師の研修');
  await expect(page.getByText(/0.0%（0 \/ \d+人）/)).toBeVisible();
  await sound();
  await office.press(page.getByRole('button', { name: '対象や日数の決まりを変える' }));
  await sound();
  await page.getByLabel('所属長だけ').check();
  await office.press(page.getByRole('button', { name: '保存して試し計算へ' }));
  await expect(page.getByText(/新しく対象になる人 0人、対象でなくなる人 \d+人です。/)).toBeVisible();
  await office.press(page.getByRole('button', { name: '下書きを捨てる' }));
  await alive();
  await expect(office.heading()).toHaveText('研修の対象と期限');
});

test('a nurse asks for more time, the office grants it, and the date says why', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  const nurse = await signIn(people.fresh[3]);
  await nurse.press(page.getByRole('link', { name: '期限までに受けられないとき' }).first());
  await sound();
  await nurse.press(page.getByRole('button', { name: '申請する' }));
  await expect(page.getByRole('alert')).toContainText('何を申請するかを選んでください');
  await page.getByLabel('期限の延長').check();
  await page.getByLabel('理由').fill('夜勤が続くため');
  await page.getByLabel('いつまで（延長・免除・休職）').fill(inDays(90));
  await nurse.press(page.getByRole('button', { name: '申請する' }));
  await expect(page.getByText('申請を受け付けました。')).toBeVisible();
  await sound();
  await fits(page);

  const desk = await anotherDevice();
  const office = await signIn(people.office, { page: desk, hurried: true });
  await open('/office/exceptions', desk);
  await office.press(desk.getByRole('link', { name: '期限の延長' }).first());
  await expect(desk.getByText('夜勤が続くため')).toBeVisible();
  await sound(desk);
  await desk.getByLabel('決定の理由').fill('勤務の都合のため');
  await office.press(desk.getByRole('button', { name: '認める', exact: true }));
  await expect(office.heading()).toHaveText('延長や免除の申請');

  await open('/');
  await page.locator('summary', { hasText: 'この研修と期限の理由' }).first().click();
  await expect(page.getByText(/まで延ばしました（勤務の都合のため）/).first()).toBeVisible();
});
