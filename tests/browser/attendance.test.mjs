// A session is marked: by keyboard, by thumb on a phone, and without a network in a browser that is closed
// and opened again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { Centre } from './centre.mjs';

test.describe('attendance', () => {
  let centre;
  test.beforeEach(async () => { centre = await Centre.open(); });
  test.afterEach(async () => { await centre.close(); });

  // The third session of the running cohort is held on the day of the review.
  async function session(page) {
    await page.goto(`${centre.address}/cohorts?q=K4-CT2`);
    await page.locator('main table a', { hasText: 'K4-CT2' }).first().click();
    await page.locator('.tabs').getByRole('link', { name: 'Điểm danh' }).click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.locator('main tbody a', { hasText: '16/06/2017' }).first().click();
    await page.waitForURL(/attendance\/\d+$/);
  }

  test('a session is marked by keyboard alone', async ({ page }) => {
    await centre.signIn(page, 'daotao');
    await session(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.locator('.marking input[type=radio]').first().focus();
    await page.keyboard.press('m');          // the first was late, and the second gets the focus
    await page.keyboard.press('ArrowDown');  // the second is present as everybody
    await page.keyboard.press('k');
    await page.keyboard.press('3');          // the fourth was there for three periods
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.notice')).toBeVisible();
    const row = (n) => page.locator('.marking tbody tr').nth(n);
    await expect(row(0).locator('input[value=late]')).toBeChecked();
    await expect(row(1).locator('input[value=present]')).toBeChecked();
    await expect(row(2).locator('input[value=unexcused]')).toBeChecked();
    await expect(row(3).locator('.periods')).toHaveValue('3');
    await expect(page.locator('.dotted')).toContainText('84/84');
  });

  test('on a phone nothing is wider than the screen', async ({ browser }) => {
    const phone = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    await centre.signIn(phone, 'daotao');
    await session(phone);
    const isNarrow = () => phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await isNarrow()).toBe(true);
    const choice = await phone.locator('.choice span').first().boundingBox();
    expect(choice.height).toBeGreaterThanOrEqual(44);
    await phone.getByRole('link', { name: 'Dùng khi không có mạng' }).click();
    expect(await isNarrow()).toBe(true);
    expect((await new AxeBuilder({ page: phone }).analyze()).violations).toEqual([]);
    await phone.goto(`${centre.address}/check-in`);
    expect(await isNarrow()).toBe(true);
    expect((await new AxeBuilder({ page: phone }).analyze()).violations).toEqual([]);
  });

  test('marks without a network survive the browser, are sent once, and contradictions wait', async ({ browser }) => {
    test.setTimeout(90_000);
    const folder = mkdtempSync(join(tmpdir(), 'tiendo-phone-'));
    const open = () => chromium.launchPersistentContext(folder, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'], locale: 'vi-VN', viewport: { width: 390, height: 800 },
    });
    let phone = await open();
    let page = await phone.newPage();
    await centre.signIn(page, 'daotao');
    await session(page);
    await page.getByRole('link', { name: 'Dùng khi không có mạng' }).click();
    await expect(page.locator('[data-kept]')).toBeVisible();
    const address = page.url();
    const learner = (n) => page.locator('[data-learner]').nth(n);
    const choose = (n, state) => learner(n).locator(`.choice-${state}`).click();

    await phone.setOffline(true);
    await page.reload();
    await choose(0, 'late');
    await choose(1, 'present');
    await choose(1, 'excused');  // changed before it was sent: one mark, not two
    await choose(2, 'present');
    await expect(page.locator('[data-waiting]')).toContainText('3');
    await phone.close();

    // Meanwhile somebody in the office marks the third learner otherwise.
    const office = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
    await centre.signIn(office, 'admin');
    await session(office);
    const third = office.locator('.marking tbody tr').nth(2);
    const name = (await third.locator('th').innerText()).split('\n')[0];
    await third.locator('.choice-unexcused').click();
    // Only the third: of whom nothing is said stays as it was.
    await office.evaluate(() => {
      for (const row of [...document.querySelectorAll('.marking tbody tr')].filter((_, n) => n !== 2)) row.remove();
    });
    await office.getByRole('button', { name: 'Ghi điểm danh' }).click();
    await expect(office.locator('.notice')).toBeVisible();

    phone = await open();
    await phone.setOffline(true);
    page = await phone.newPage();
    await page.goto(address);
    await expect(learner(0).locator('input[value=late]')).toBeChecked();
    await expect(learner(1).locator('input[value=excused]')).toBeChecked();
    await expect(page.locator('[data-waiting]')).toContainText('3');
    await phone.setOffline(false);
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    // The session ended with the browser: the marks wait until one has signed in again.
    await expect(page.locator('[data-signed-out]')).toBeVisible();
    await centre.signIn(page, 'daotao');
    await page.goto(address);
    await expect(page.locator('[data-all-sent]')).toBeVisible();
    await expect(page.locator('[data-contradicts]')).toContainText('1');
    await page.reload();
    await expect(learner(0).locator('input[value=late]')).toBeChecked();

    await page.locator('[data-contradicts] a').click();
    await expect(page.locator('#decisions')).toContainText(name);
    await page.locator('#decisions input[name^=reason]').fill('có mặt từ đầu giờ, ảnh lớp');
    await page.getByRole('button', { name: 'Lấy bản mới gửi' }).click();
    await expect(page.locator('.notice')).toBeVisible();
    await expect(page.locator('#decisions')).toHaveCount(0);
    await session(page);
    const row = (n) => page.locator('.marking tbody tr').nth(n);
    await expect(row(0).locator('input[value=late]')).toBeChecked();
    await expect(row(1).locator('input[value=excused]')).toBeChecked();
    await expect(row(2).locator('input[value=present]')).toBeChecked();
    await expect(page.locator('.dotted')).toContainText('3/84');
    await phone.close();
    rmSync(folder, { recursive: true, force: true });
    expect(JSON.parse(await centre.tiendo('verify', '--format', 'json')).balanced).toBe(true);
  });
});
