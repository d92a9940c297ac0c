// The timetable: sessions put down, moved by keyboard and by the mouse, a clash, and every page of it read by
// machine on a desk and on a phone.
import { expect, test } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { Centre } from './centre.mjs';

const pictures = process.env.PICTURES; // a folder, for who wants to look

test.describe('timetable', () => {
  let centre;
  test.beforeEach(async () => { centre = await Centre.open(); });
  test.afterEach(async () => { await centre.close(); });

  async function fill(page, form, fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`${form} [name="${name}"]`);
      if (await field.evaluate((one) => one.tagName === 'SELECT')) await field.selectOption(value);
      else await field.fill(value);
    }
  }
  async function add(page, path, form, fields) {
    await page.goto(centre.address + path);
    await page.locator(`${form} summary`).click();
    await fill(page, form, fields);
    await page.locator(`${form} button.btn-primary`).click();
  }

  test('a session moves by keyboard and by the mouse, and a clash asks for a note', async ({ page }) => {
    test.setTimeout(240_000);
    const faults = [];
    page.on('console', (message) => {
      // The page of a refused form is a 422, which the browser tells as an error.
      if (message.type() === 'error' && !message.text().includes('422'))
        faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`));
    await page.setViewportSize({ width: 1280, height: 1400 }); // a drag that scrolls the page loses its card
    await centre.signIn(page, 'daotao');
    await add(page, '/rooms', '#rooms',
      { name: 'Hội trường tầng 2', site: 'Nhà A', capacity: '120', equipment: 'Máy chiếu' });
    await add(page, '/lecturers', '#lecturers',
      { full_name: 'Lê Văn Giảng', organisation: 'Ban Tổ chức', fields: 'Xây dựng Đảng' });
    await page.locator('#fee summary').click();
    await fill(page, '#fee', { valid_from: '2017-01-01', per_period: '200000' });
    await page.locator('#fee button').click();
    await page.goto(`${centre.address}/cohorts`);
    const cohorts = [];
    for (const link of (await page.locator('main table a[href^="/cohorts/"]').all()).slice(0, 2))
      cohorts.push(await link.getAttribute('href'));
    const session = {
      held_on: '2017-06-19', half_day: 'morning', periods: '5',
      room: { label: 'Hội trường tầng 2 · Nhà A' }, 'lecturer-1': { label: 'Lê Văn Giảng' },
    };
    await add(page, `${cohorts[0]}/timetable`, '#timetable',
      { ...session, topic: 'Một số nội dung cơ bản về công tác xây dựng Đảng' });
    await add(page, `${cohorts[1]}/timetable`, '#timetable',
      { ...session, topic: 'Khai giảng', half_day: 'afternoon' });

    // By keyboard, to the half-day where the other is: refused, and the page says why.
    await page.goto(`${centre.address}/timetable?on=2017-06-19`);
    const card = page.locator('[data-session]', { hasText: 'Khai giảng' });
    await card.locator('a').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowUp');
    await expect(page.locator('[data-calendar-says]')).toContainText('Sáng');
    await page.keyboard.press('Enter');
    await expect(page.locator('.refusals')).toContainText('Hội trường tầng 2');
    await page.locator('#reason').fill('hai lớp dự chung');
    await page.locator('#move button').click();
    await expect(page.locator('.notice-warning')).toContainText('trùng lịch');

    // By keyboard to the next day, and by the mouse to the one after.
    await page.goto(`${centre.address}/timetable?on=2017-06-19`);
    if (pictures) await page.screenshot({ path: `${pictures}/week-clash.png`, fullPage: true });
    await card.locator('a').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.locator('td[data-day="2017-06-20"][data-half-day="morning"]')).toContainText('Khai giảng');
    await expect(card).toHaveAttribute('draggable', 'true'); // the script has looked at the new page
    await card.dragTo(page.locator('td[data-day="2017-06-21"][data-half-day="afternoon"]'));
    await expect(page.locator('td[data-day="2017-06-21"][data-half-day="afternoon"]')).toContainText('Khai giảng');
    // Escape leaves it where it is.
    await expect(card).toHaveAttribute('draggable', 'true');
    await card.locator('a').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await expect(page.locator('td[data-day="2017-06-21"][data-half-day="afternoon"]')).toContainText('Khai giảng');

    // A holiday afterwards: a clash to step to, and to let stand.
    await add(page, '/house-days', '#holidays', { first_on: '2017-06-21', name: 'Nghỉ bù' });
    await page.goto(`${centre.address}/timetable/clashes?first=2017-06-19&last=2017-06-25`);
    await page.locator('main tbody a').first().click();
    await page.locator('#step [name=reason]').fill('lớp xin học');
    await page.locator('#step form button').click();
    await expect(page.locator('main tbody')).toContainText('Không có chỗ nào trùng');

    await page.goto(`${centre.address}/calendar-feeds?cohort=${cohorts[1].split('/').pop()}`);
    await page.locator('#calendar-feeds summary').click();
    await page.locator('#calendar-feeds [name=label]').fill('Lớp trưởng');
    await page.locator('#calendar-feeds button').click();
    const secret = await page.locator('.secret-text code').first().textContent();
    expect(secret).toContain(`${centre.address}/calendar/`);

    await page.goto(`${centre.address}/lecturers`);
    const lecturer = await page.locator('main table a').first().getAttribute('href');
    await page.goto(`${centre.address}/timetable?on=2017-06-19`);
    const own = await card.locator('a').getAttribute('href');
    for (const [theme, screen] of [['light', { width: 1280, height: 900 }], ['dark', { width: 390, height: 844 }]]) {
      await page.setViewportSize(screen);
      await page.emulateMedia({ colorScheme: theme });
      for (const [name, path] of Object.entries({
        week: '/timetable?on=2017-06-19', month: '/timetable?view=month&on=2017-06-19',
        list: '/timetable?view=list&on=2017-06-19', year: '/timetable?view=year&on=2017-06-19',
        cohort: `${cohorts[0]}/timetable`, session: own, layout: `${cohorts[0]}/timetable/layout`,
        clashes: '/timetable/clashes?first=2017-06-19&last=2017-06-25&state=all', load: '/timetable/load?year=2017',
        lecturers: '/lecturers', lecturer, fees: `${lecturer}/fees`, rooms: '/rooms', days: '/house-days',
        feeds: `/calendar-feeds?cohort=${cohorts[1].split('/').pop()}`, notices: '/notices',
        secret: new URL(secret).pathname,
      })) {
        const answer = await page.goto(centre.address + path);
        expect(answer.status(), path).toBe(200);
        await expect(page.locator('h1')).toHaveCount(1);
        const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
        const found = await axe.analyze();
        expect(found.violations.map((one) => `${path}: ${one.id} ${one.nodes[0].html}`)).toEqual([]);
        const overflow = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
        if (pictures)
          await page.screenshot({ path: `${pictures}/${name}-${screen.width}.png`, fullPage: true });
      }
    }
    expect(faults).toEqual([]);
  });

  test('without JavaScript a session moves by its form', async ({ browser }) => {
    const page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'vi-VN' })).newPage();
    await centre.signIn(page, 'daotao');
    await page.goto(`${centre.address}/cohorts`);
    const cohort = await page.locator('main table a[href^="/cohorts/"]').first().getAttribute('href');
    await add(page, `${cohort}/timetable`, '#timetable',
      { held_on: '2017-06-19', half_day: 'morning', periods: '5', topic: 'Khai giảng' });
    await page.locator('.session a').first().click();
    await page.locator('#move summary').click();
    await fill(page, '#move', { held_on: '2017-06-20', half_day: 'afternoon', reason: 'họp' });
    await page.locator('#move button').click();
    await expect(page.locator('.page-head')).toContainText('20/06/2017 · 13:30');
  });
});
