import { password, people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

test('everybody can change their own password; other devices are signed out and this one stays', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  const nurse = await signIn(people.fresh[4], { hurried: true });
  const phone = await anotherDevice();
  await signIn(people.fresh[4], { page: phone, hurried: true });
  await open('/settings');
  await nurse.press(page.getByRole('link', { name: 'パスワードを変える' }));
  const change = async (present: string, chosen: string): Promise<void> => {
    await page.getByLabel('今のパスワード').fill(present);
    await page.getByLabel('新しいパスワード', { exact: true }).fill(chosen);
    await page.getByLabel('新しいパスワード（もう一度）').fill(chosen);
    await nurse.press(page.getByRole('button', { name: 'パスワードを変える' }));
  };
  await change('not-my-password', 'asagao to kakigoori');
  await expect(page.getByRole('alert')).toContainText('今のパスワードが違っています');
  await sound();
  await change(password, 'passwordpassword');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('今のパスワード'), 'no password ever comes back').toHaveValue('');
  await change(password, 'asagao to kakigoori');
  await expect(page.getByText('パスワードを変えました。')).toBeVisible();
  await sound();

  await open('/');
  await expect(nurse.heading()).toHaveText('わたしの研修');
  await phone.goto('/');
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('サインイン');
  await phone.getByLabel('職員番号').fill(people.fresh[4]);
  await phone.getByLabel('パスワード').fill('asagao to kakigoori');
  await phone.getByRole('button', { name: 'サインイン', exact: true }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('わたしの研修');
});
