// From three workbooks to a figure that opens, as people do it.
import { expect, test } from '@playwright/test';
import { Centre, password } from './centre.mjs';

const samples = new URL('../../samples/', import.meta.url).pathname;

test.describe('the demonstration year', () => {
  let centre;
  test.beforeAll(async () => { centre = await Centre.open(); });
  test.afterAll(async () => { await centre.close(); });

  test('nobody who is not signed in sees anything', async ({ page }) => {
    await page.goto(`${centre.address}/statements/2017`);
    await expect(page).toHaveURL(/\/sign-in/);
    await page.locator('input[name=account_name]').fill('giamdoc');
    await page.locator('input[name=password]').fill('không phải mật khẩu này');
    await page.locator('main form button').click();
    await expect(page.locator('input[name=password]')).toBeVisible();
  });

  test('a figure of the statement opens into the rows that sum to it', async ({ page }) => {
    await centre.signIn(page, 'giamdoc');
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16`);
    const main = page.locator('main');
    for (const percent of ['87,5 %', '62,5 %', '33,3 %', '68,4 %', '73,6 %']) await expect(main).toContainText(percent);
    await main.getByRole('link', { name: '74', exact: true }).first().click();
    await expect(page).toHaveURL(/\/figures/);
    await expect(page.locator('main')).toContainText('BTCB-01/2017');
    await expect(page.locator('main')).toContainText('hoc-vien-2017.xlsx');
  });

  test('the director reads and cannot change', async ({ page }) => {
    await centre.signIn(page, 'giamdoc');
    await page.goto(`${centre.address}/cohorts`);
    await page.locator('main table a[href^="/cohorts/"]').first().click();
    await expect(page.locator('#cancellation')).toHaveCount(0);
  });

  test('switched to count, the joint cohort moves into the plan, and yesterday stays', async ({ page }) => {
    await centre.signIn(page, 'daotao');
    await page.goto(`${centre.address}/cohorts?q=DTKN-QLB`);
    await page.locator('main table a[href^="/cohorts/"]').first().click();
    await page.locator('#counting summary').click();
    await page.locator('#counting input[type=radio]').first().check();
    await page.locator('#counting button').click();
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16`);
    await expect(page.locator('main')).toContainText('73,7 %');
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16&rounding=truncate`);
    await expect(page.locator('main')).toContainText('73,6 %');
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16&known_at=2017-06-15T08:00:00%2B07:00`);
    await expect(page.locator('main')).toContainText('68,4 %');
  });

  test('a cancellation without a reason is refused beside its field', async ({ page }) => {
    await centre.signIn(page, 'daotao');
    await page.goto(`${centre.address}/cohorts?q=DVM-07`);
    await page.locator('main table a[href^="/cohorts/"]').first().click();
    await page.locator('#cancellation summary').click();
    await page.locator('#cancellation form').evaluate((form) => { form.noValidate = true; });
    await page.locator('#cancelled_on').fill('2017-06-14');
    await page.locator('#cancellation button').click();
    await expect(page.locator('#cancellation .field-refusal')).toBeVisible();
  });

  test('the unit officer sees the people of their unit only', async ({ page }) => {
    await centre.signIn(page, 'donvi');
    await page.goto(`${centre.address}/cohorts`);
    await page.locator('main table a[href^="/cohorts/"]').first().click();
    const units = await page.locator('main table tbody tr').allInnerTexts();
    expect(units.length).toBeGreaterThan(0);
    for (const row of units) expect(row).toContain('Bộ Tư pháp');
    expect((await page.goto(`${centre.address}/statements/2017`)).status()).toBe(403);
  });

  test('the outsider finds nothing', async ({ page }) => {
    await centre.signIn(page, 'ngoai');
    for (const path of ['/cohorts', '/plans/2017', '/statements/2017', '/imports', '/accounts', '/audit'])
      expect([403, 404], path).toContain((await page.goto(centre.address + path)).status());
  });
});

test.describe('a new centre', () => {
  let centre;
  test.beforeAll(async () => { centre = await Centre.open('init'); });
  test.afterAll(async () => { await centre.close(); });

  // Uploads a workbook, reads the dry run, commits it.
  async function take(page, kind, file, year) {
    await page.goto(`${centre.address}/imports?kind=${kind}`);
    const form = page.locator('form:has(input[type=file])');
    await form.locator(`input[name=kind][value=${kind}]`).check();
    if (year) await form.locator('[name=year]').fill(year);
    await form.locator('input[type=file]').setInputFiles(file);
    await form.locator('button[type=submit], button:not([type])').last().click();
    const commit = page.locator('form[action$="/recording"] button');
    await expect(commit).toBeVisible({ timeout: 30_000 });
    await commit.click();
    await expect(page.locator('main')).toContainText(/Đã ghi|đã ghi/, { timeout: 30_000 });
  }

  test('brings its three workbooks in and reads its statement', async ({ page }) => {
    test.setTimeout(120_000);
    await centre.signIn(page, 'admin');
    await take(page, 'plan', `${samples}ke-hoach-2017.xlsx`, '2017');
    await take(page, 'cohorts', `${samples}cac-lop-2017.xlsx`);
    await take(page, 'roster', `${samples}hoc-vien-2017.xlsx`);
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16`);
    await expect(page.locator('main')).toContainText('73,6 %');
    await expect(page.locator('main')).toContainText('1.350');
  });

  test('the same workbook again says nothing new', async ({ page }) => {
    await centre.signIn(page, 'admin');
    await page.goto(`${centre.address}/imports`);
    const form = page.locator('form:has(input[type=file])');
    await form.locator('input[name=kind][value=roster]').check();
    await form.locator('input[type=file]').setInputFiles(`${samples}hoc-vien-2017.xlsx`);
    await form.locator('button[type=submit], button:not([type])').last().click();
    await expect(page.locator('main')).toContainText(/1\.179/, { timeout: 30_000 });
    await expect(page.locator('form[action$="/recording"]')).toHaveCount(0);
  });

  test('a roster of 100,000 shows how far it is, and may be left', async ({ page }) => {
    test.setTimeout(180_000);
    const rows = ['Mã lớp,Họ và tên,Ngày sinh,Số CCCD,Đơn vị công tác'];
    for (let i = 0; i < 100_000; i += 1) {
      const year = 70 + (i % 25);
      const name = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đỗ'][i % 5] + [' Văn', ' Thị', ' Minh', ' Hữu'][i % 4] +
        [' An', ' Bình', ' Cường', ' Dũng', ' Hà', ' Lan', ' Nam'][i % 7];
      const id = `0960${year}${String(i).padStart(6, '0')}`;
      rows.push(`BTCB-01/2017,${name},${1 + (i % 28)}/${1 + (i % 12)}/19${year},${id},Đảng bộ Bộ Tư pháp`);
    }
    await centre.signIn(page, 'admin');
    await page.goto(`${centre.address}/imports`);
    const form = page.locator('form:has(input[type=file])');
    await form.locator('input[name=kind][value=roster]').check();
    const buffer = Buffer.from(`${rows.join('\r\n')}\r\n`);
    await form.locator('input[type=file]').setInputFiles({ name: 'lon.csv', mimeType: 'text/csv', buffer });
    await form.locator('button[type=submit], button:not([type])').last().click();
    await expect(page.locator('.progress-panel')).toContainText('Đang kiểm tra từng dòng', { timeout: 30_000 });
    await expect(page.locator('.progress-panel .big')).toContainText(/[1-9]\d?\.000/, { timeout: 60_000 });
    const address = page.url();
    await page.goto(`${centre.address}/cohorts`);
    await page.goto(address);
    const commit = page.locator('form[action$="/recording"] button');
    await expect(commit).toBeVisible({ timeout: 120_000 });
    await expect(page.locator('.tally')).toContainText('100.000');
  });

  test('a file that is no workbook is refused in words', async ({ page }) => {
    await centre.signIn(page, 'admin');
    await page.goto(`${centre.address}/imports`);
    const form = page.locator('form:has(input[type=file])');
    await form.locator('input[name=kind][value=roster]').check();
    const picture = Buffer.from('89504e470d0a1a0a0000', 'hex');
    await form.locator('input[type=file]').setInputFiles({ name: 'anh.xlsx', mimeType: 'image/png', buffer: picture });
    await form.locator('button[type=submit], button:not([type])').last().click();
    await expect(page.locator('main')).toContainText(/không phải|Không đọc/, { timeout: 30_000 });
  });

  test('the whole way by keyboard: sign in, skip to the page, open a figure', async ({ page }) => {
    await page.goto(`${centre.address}/sign-in`);
    await page.locator('input[name=account_name]').focus();
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16`);
    await page.keyboard.press('Tab');
    await expect(page.locator('.skip')).toBeFocused();
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 40; ++presses) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.matches('a.figure'))) break;
    }
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/figures/);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  let centre;
  test.beforeAll(async () => { centre = await Centre.open(); });
  test.afterAll(async () => { await centre.close(); });

  test('signing in, reading and changing work all the same', async ({ page }) => {
    await centre.signIn(page, 'daotao');
    await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16`);
    await expect(page.locator('main')).toContainText('68,4 %');
    await page.goto(`${centre.address}/cohorts?q=DVM-01`);
    await page.locator('main table a[href^="/cohorts/"]').first().click();
    await page.locator('#closing summary').click();
    await page.locator('#closed_on').fill('2017-02-18');
    await page.locator('#closing-reason').fill('hồ sơ giấy còn ở tủ');
    await page.locator('#closing button').click();
    await expect(page.locator('main')).toContainText('18/02/2017');
  });
});
