import { fits } from '../../support/looks.ts';
import { password, people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

/** Today, as a form takes it; the server counts days in Japan. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date());

test('a colleague writes, the office reads and publishes, and a nurse who had signed signs again', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  faults.expect(409);
  const desk = await anotherDevice();
  const colleague = await signIn(people.colleague, { page: desk });
  await open('/office/policy', desk);
  await expect(colleague.heading()).toHaveText('SNS利用規程の版');
  await colleague.press(desk.getByRole('link', { name: '下書きを開く' }));
  await colleague.press(desk.getByRole('link', { name: '施行日、変更の種類、変わったこと' }));
  await desk.getByLabel('施行日').fill('2020-01-01');
  await colleague.press(desk.getByRole('button', { name: '保存する' }));
  await expect(desk.getByRole('alert')).toContainText('施行日は今日以後にしてください');
  await sound(desk);
  await desk.getByLabel('施行日').fill(today());
  await colleague.press(desk.getByRole('button', { name: '保存する' }));
  await expect(desk.getByText('あなたはこの下書きを書いたので、承認はほかの担当者がします。')).toBeVisible();

  const office = await signIn(people.office);
  await open('/office');
  await office.press(page.getByRole('link', { name: '規程の版、次の版の下書き' }));
  await sound();
  await fits(page);
  await office.press(page.getByRole('link', { name: '下書きを開く' }));
  await expect(page.getByRole('region', { name: '第4版との違い' })).toContainText('生成AI');
  await fits(page);
  await office.press(page.getByRole('link', { name: '署名する人が読む形で見る' }));
  await expect(page.getByText('これは下書きです。まだ公開していません。')).toBeVisible();
  await office.press(page.getByRole('link', { name: '下書きへ戻る' }));
  await office.press(page.getByRole('button', { name: '確認を記録する' }));
  await expect(page.getByRole('alert')).toContainText('承認するか、書き直しを頼むかを選んでください');
  await sound();
  await page.getByLabel('この文を承認する').check();
  await office.press(page.getByRole('button', { name: '確認を記録する' }));
  await office.press(page.getByRole('link', { name: '公開の前に確かめる' }));
  await expect(page.getByText(/^\d+人に、改めて署名をお願いします。期限は/)).toBeVisible();
  await sound();
  await fits(page);
  await page.getByLabel('署名までの日数（施行日から）').fill('21');
  await office.press(page.getByRole('button', { name: /人にお願いする$/ }));
  await expect(page.getByText('前に見た内容から変わったので、計算し直しました。')).toBeVisible();
  await office.press(page.getByRole('button', { name: /人にお願いする$/ }));
  await expect(office.heading()).toHaveText('SNS利用規程の版');
  await expect(page.getByRole('row', { name: /第5版/ })).toContainText('内容の変更');

  const ward = await anotherDevice();
  const nurse = await signIn(people.finished, { page: ward });
  await expect(ward.getByRole('heading', { name: /第5版への署名/ })).toBeVisible();
  await nurse.press(nurse.next());
  const changes = ward.getByRole('region', { name: '前回からの変更' });
  await expect(changes).toContainText('第4条に、生成AIのサービスへの入力を加えました。');
  await expect(changes.getByText('第4版と第5版を条ごとに見比べる（1か所）')).toBeVisible();
  await fits(ward);
  for (const statement of await ward.getByRole('checkbox').all()) await statement.check();
  await nurse.press(ward.getByRole('button', { name: '署名の確認へ進む' }));
  await ward.getByLabel('パスワード').fill(password);
  await nurse.press(ward.getByRole('button', { name: '署名する', exact: true }));
  await expect(ward.getByText('お願いした署名は、これで終わりです。')).toBeVisible();
  await nurse.press(ward.getByRole('link', { name: '署名受領書を見る' }));
  await expect(nurse.heading()).toHaveText('署名受領書');
  await sound(ward);

  const audit = await anotherDevice();
  await signIn(people.auditor, { page: audit, hurried: true });
  await open('/audit/policies', audit);
  await expect(audit.getByRole('row', { name: /第5版/ }).first()).toContainText('有効');
  await expect(audit.getByRole('region', { name: '下書きの確認' })).toContainText('第5版になった文');
});

test('the same pages in English @desk', async ({ open, page, signIn }) => {
  const office = await signIn(people.office, { lang: 'en', hurried: true });
  await open('/office/policy');
  await expect(office.heading()).toHaveText('Versions of the Social Media Policy');
  await fits(page);
  await office.press(page.getByRole('button', { name: 'Begin the next version' }));
  await expect(office.heading()).toContainText('Social Media Policy, version 6');
  await expect(page.getByText('Nothing differs from the version before.')).toBeVisible();
  await office.press(page.getByRole('button', { name: 'Withdraw the draft' }));
  await expect(office.heading()).toHaveText('Versions of the Social Media Policy');
});
