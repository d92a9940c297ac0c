// From a call to a locked roster: with the mouse, and once by keyboard alone.
import { expect, test } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { Centre } from './centre.mjs';

// Of those nominated who fails no rule: nobody else is admitted without a waiver.
const admissible = 'tr:not(:has(.state-ineligible)) input[name=nomination]';

test.describe('nominations', () => {
  let centre;
  test.beforeEach(async () => { centre = await Centre.open(); });
  test.afterEach(async () => { await centre.close(); });

  async function call(page) {
    await page.goto(`${centre.address}/calls`);
    await page.locator('main table a').first().click();
  }

  test('a unit picks people, the office admits and locks', async ({ page, browser }) => {
    test.setTimeout(90_000);
    await centre.signIn(page, 'donvi');
    await call(page);
    await page.locator('#q').fill('nguyen');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.locator('input[name=person]').nth(0).check();
    await page.locator('input[name=person]').nth(1).check();
    await page.getByRole('button', { name: 'Đề cử', exact: true }).first().click();
    await expect(page.locator('#told')).toContainText('đã nhận');
    await expect(page.locator('main')).toContainText('5/6');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    const office = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
    await centre.signIn(office, 'daotao');
    await call(office);
    expect((await new AxeBuilder({ page: office }).analyze()).violations).toEqual([]);
    await office.locator(admissible).nth(0).check();
    await office.locator(admissible).nth(1).check();
    await office.locator('#reason').fill('Đã xem hồ sơ');
    await office.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(office.locator('.figures')).toContainText('2/80');
    await office.locator('#locking summary').click();
    await office.locator('#locking button').click();
    await expect(office.locator('h1')).toContainText('Đã chốt danh sách');
    await office.locator('main .page-head a').first().click();
    await expect(office.locator('#roster tbody tr')).toHaveCount(2);
  });

  test('somebody new on a list is kept, and the office registers her', async ({ page, browser }) => {
    test.setTimeout(90_000);
    await centre.signIn(page, 'donvi');
    await call(page);
    await page.locator('#list summary').click();
    await page.locator('#lines').fill('Vũ Thị Mới\t12/03/1991\nĐào Văn Nhầm\t1990');
    await page.locator('#list button').click();
    await expect(page.locator('#told')).toContainText('đã giữ lại');
    await page.locator('#newcomers tr', { hasText: 'Đào Văn Nhầm' }).locator('input').check();
    await page.locator('#newcomer-reason').fill('Ghi nhầm');
    await page.getByRole('button', { name: 'Rút lại' }).click();
    await expect(page.locator('#newcomers')).toContainText('Đơn vị rút lại');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    const office = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
    await centre.signIn(office, 'daotao');
    await call(office);
    await office.getByRole('checkbox', { name: 'Chọn Vũ Thị Mới' }).focus();
    await office.keyboard.press('Space');
    await office.getByRole('button', { name: 'Không nhận' }).click();
    // Refused without a reason, the box is still ticked, and the summary leads to the field.
    await office.getByRole('link', { name: 'Cần ghi lý do' }).click();
    await expect(office.locator('#newcomers #reason')).toBeFocused();
    expect((await new AxeBuilder({ page: office }).analyze()).violations).toEqual([]);
    await office.getByRole('button', { name: 'Ghi vào sổ và đề cử' }).click();
    await expect(office.locator('#newcomers')).toContainText('Đã ghi vào sổ và đề cử');
    await expect(office.locator('#nominations')).toContainText('Vũ Thị Mới');
  });

  test('the whole way by keyboard alone', async ({ page }) => {
    test.setTimeout(90_000);
    await centre.signIn(page, 'daotao');
    // Tab until what is wanted has the focus; nothing is clicked.
    async function to(selector, presses = 150) {
      for (let pressed = 0; pressed < presses; ++pressed) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
      }
      throw new Error(`${selector} cannot be reached by keyboard`);
    }
    await page.goto(`${centre.address}/calls`);
    await to('main table a');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/call$/);
    await to('main a[href$="/nominations"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/nominations$/);
    await to('#q');
    await page.keyboard.type('le');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=le/);
    await to('input[name=person]');
    await page.keyboard.press('Space');
    await to('form[method=post] button.btn-primary');
    await page.keyboard.press('Enter');
    await expect(page.locator('#told')).toContainText('đã ');
    await to('main .page-actions a[href$="/call"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/call$/);
    await to(admissible);
    await page.keyboard.press('Space');
    await to('#reason');
    await page.keyboard.insertText('Đã xem hồ sơ');
    await to('button[value=admitted]');
    await page.keyboard.press('Enter');
    await expect(page.locator('.figures')).toContainText('1/80');
    await to('#locking summary');
    await page.keyboard.press('Enter');
    await to('#locking button');
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toContainText('Đã chốt danh sách');
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the boxes that choose people can be seen and ticked', async ({ page, browser }) => {
    test.setTimeout(90_000);
    const centre = await Centre.open();
    await centre.signIn(page, 'donvi');
    await page.goto(`${centre.address}/calls`);
    await page.locator('main table a').first().click();
    await page.locator('#q').fill('nguyen');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.locator('input[name=person]').nth(0).check();
    await page.getByRole('button', { name: 'Đề cử', exact: true }).first().click();
    await expect(page.locator('#told')).toContainText('đã nhận');

    const phone = { locale: 'vi-VN', viewport: { width: 390, height: 844 } };
    const office = await (await browser.newContext(phone)).newPage();
    await centre.signIn(office, 'daotao');
    await office.goto(`${centre.address}/calls`);
    await office.locator('main table a').first().click();
    await office.locator(admissible).nth(0).check();
    await office.locator('#reason').fill('Đã xem hồ sơ');
    await office.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(office.locator('.figures')).toContainText('1/80');
    await centre.close();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a pasted list is told line by line', async ({ page }) => {
    const centre = await Centre.open();
    await centre.signIn(page, 'donvi');
    await page.goto(`${centre.address}/calls`);
    await page.locator('main table a').first().click();
    await page.locator('#list summary').click();
    await page.locator('#lines').fill('Không Có Người Này\t01/01/1990');
    await page.locator('#list button').click();
    await expect(page.locator('#told')).toContainText('không tìm thấy');
    await centre.close();
  });
});
