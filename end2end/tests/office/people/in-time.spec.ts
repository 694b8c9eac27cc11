import { people } from '../../../support/people.ts';
import { expect, test } from '../../../support/test.ts';

/** A day of the hospital, so many days from today. */
function day(fromNow: number): string {
  return new Date(Date.now() + fromNow * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
}

test('a new department is opened, a ward is renamed for a day to come, and a deputy sees the ward', { tag: '@desk' }, async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
}) => {
  test.setTimeout(120_000);
  faults.expect(403);
  faults.expect(422);
  const office = await signIn(people.office);

  await test.step('what is missing is told, and what was typed stays', async () => {
    await open('/office/departments');
    await office.press(page.getByRole('link', { name: '部署を新設する' }));
    await page.getByLabel('コード').fill('１００９');
    await office.press(page.getByRole('button', { name: '変わるところを確かめる' }));
    await expect(page.getByRole('alert')).toContainText('名前を入れてください');
    await expect(page.getByLabel('コード')).toHaveValue('1009');
  });

  await test.step('nothing is opened before it is confirmed', async () => {
    await page.getByLabel('名前', { exact: true }).fill('感染管理室');
    await office.press(page.getByRole('button', { name: '変わるところを確かめる' }));
    await expect(office.heading()).toHaveText('変更の確認');
    await expect(page.getByText('まだ何も変わっていません。')).toBeVisible();
    await office.press(page.getByRole('button', { name: 'この内容で変更する' }));
    await expect(office.heading()).toHaveText('感染管理室');
    await expect(page.getByRole('status')).toContainText('変更を記録しました。');
  });

  await test.step('a name for a day to come stands as planned', async () => {
    await open('/office/departments');
    await office.press(page.getByRole('link', { name: '変更・履歴 3病棟', exact: true }));
    await office.press(page.getByRole('link', { name: '名前を変える' }));
    await page.getByLabel('いつから').fill(day(30));
    await page.getByLabel('名前', { exact: true }).fill('3東病棟');
    await office.press(page.getByRole('button', { name: '変わるところを確かめる' }));
    await office.press(page.getByRole('button', { name: 'この内容で変更する' }));
    await expect(office.heading()).toHaveText('3病棟');
    await expect(page.getByRole('row').filter({ hasText: '3東病棟' })).toContainText('予定');
  });

  const nurse = await anotherDevice();
  await signIn(people.finished, { page: nurse });
  await test.step('whoever stands in for the head sees the ward, marked as such', async () => {
    expect((await nurse.goto('/team'))?.status()).toBe(403);
    await open(`/office/people?q=${people.finished}`);
    await office.press(page.getByRole('link', { name: /^所属と休職/ }));
    await page.getByText('所属長または代行にする').click();
    await page.getByLabel('部署（その下も含む）').selectOption({ label: '1003 3病棟' });
    await page.getByLabel('役割').selectOption('deputy');
    const form = page.locator('form').filter({ has: page.getByLabel('役割') });
    await office.press(form.getByRole('button', { name: '記録する' }));
    await expect(page.getByRole('alert')).toContainText('代行には最後の日を入れてください');
    await page.getByLabel('最後の日（代行は必要。1年まで）').fill(day(7));
    await office.press(form.getByRole('button', { name: '記録する' }));
    await expect(page.getByRole('status')).toContainText('記録しました。');
    await open('/team', nurse);
    await expect(nurse.getByRole('navigation', { name: '主なページ' })).toContainText('部署の状況（代行）');
  });

  await test.step('the office ends it at once', async () => {
    await office.press(page.getByRole('button', { name: /^今すぐ終える/ }));
    expect((await nurse.goto('/team'))?.status()).toBe(403);
  });
});
