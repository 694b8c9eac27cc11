import { type Locator, type Page } from '@playwright/test';

import { password, people } from '../../../support/people.ts';
import { expect, test } from '../../../support/test.ts';

const [forgetful, stopped] = [people.fresh[5], people.fresh[6]];

/** The row of a person in the list. */
async function row(page: Page, number: string): Promise<Locator> {
  await page.goto(`/office/people?q=${number}`);
  return page.getByRole('row').filter({ hasText: number });
}

test('whoever has forgotten a password gets a code at the desk, from somebody who gives their own password for it', async ({
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(403, 422);
  const office = await signIn(people.office);
  await office.press((await row(page, forgetful)).getByRole('link', { name: '初回コードを出しなおす' }));
  await office.press(page.getByRole('button', { name: '初回コードを出す' }));
  await expect(page.getByRole('alert')).toContainText('あなたのパスワードを入れてください');
  await sound();
  await page.getByLabel('あなたのパスワード').fill(password);
  await office.press(page.getByRole('button', { name: '初回コードを出す' }));
  await expect(page.getByRole('code')).toHaveText(/^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  await sound();

  const ofAuditor = await (await row(page, people.auditor)).getByRole('link', { name: '初回コードを出しなおす' }).getAttribute('href');
  await open(`${ofAuditor}`);
  await expect(page.getByText('研修の管理や監査をする人のコードは、ここでは出せません。')).toBeVisible();
});

test('a sign-in that the office stops ends at once, and works again when it is allowed', async ({ anotherDevice, page, signIn, sound }) => {
  const office = await signIn(people.office);
  const phone = await anotherDevice();
  await signIn(stopped, { page: phone, hurried: true });

  let person = await row(page, stopped);
  await person.getByText('サインインを止める').click();
  await sound();
  await office.press(person.getByRole('button', { name: /^止める/ }));
  await expect(page.getByRole('row').filter({ hasText: stopped })).toContainText('サインイン停止中');
  await sound();
  await phone.goto('/');
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('サインイン');

  person = await row(page, stopped);
  await person.getByText('サインインを再開する').click();
  await office.press(person.getByRole('button', { name: /^再開する/ }));
  await expect(page.getByRole('row').filter({ hasText: stopped })).not.toContainText('サインイン停止中');
  await signIn(stopped, { page: phone, hurried: true });
});
