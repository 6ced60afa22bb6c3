// Every screen, light and dark, on a phone and on a desk.

import * as check from "../check";
import { test } from "../fixtures";
import { open, screens } from "../screens";

// Each is looked at four times, and the long lists take their time.
test.describe.configure({ timeout: 90_000 });

for (const screen of screens) {
  test(`${screen.name} is accessible and styled`, async ({ page }) => {
    await open(page, screen);
    await check.looksRightEverywhere(page);
  });
}
